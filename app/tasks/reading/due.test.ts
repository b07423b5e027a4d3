import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { dayOf, deadlinesOf, dueGroupOf, dueGroups } from './due.ts'

const hour = 3_600_000
const at = (text: string): number => Temporal.Instant.from(text).epochMilliseconds

suite('due groups', () => {
  test('the first hour of tomorrow is upcoming on a day whose clocks jump at midnight', () => {
    const cairo = (time: string): number =>
      Temporal.PlainDateTime.from(time).toZonedDateTime('Africa/Cairo').epochMilliseconds
    // On 24 April 2026 the clocks of Cairo go from 23:59 the day before to 01:00.
    const day = dayOf(cairo('2026-04-24T12:00'), 'Africa/Cairo')
    assert.equal(day.end.at - day.start.at, 23 * hour)
    assert.equal(dueGroupOf(cairo('2026-04-24T23:59'), day), 'today')
    assert.equal(dueGroupOf(cairo('2026-04-25T00:30'), day), 'upcoming')
  })

  test('a deadline at 23:59 is today and one at 00:01 tomorrow is upcoming, in every time zone', () => {
    for (const timeZone of [
      'Pacific/Niue',
      'Asia/Kathmandu',
      'Pacific/Kiritimati',
      'UTC',
      'Europe/Berlin',
    ]) {
      const local = (time: string): number =>
        Temporal.PlainDateTime.from(time).toZonedDateTime(timeZone).epochMilliseconds
      for (const now of ['2026-11-23T00:01', '2026-11-23T23:59']) {
        const day = dayOf(local(now), timeZone)
        assert.equal(dueGroupOf(local('2026-11-22T23:59'), day), 'overdue', timeZone)
        assert.equal(dueGroupOf(local('2026-11-23T00:00'), day), 'today', timeZone)
        assert.equal(dueGroupOf(local('2026-11-23T23:59'), day), 'today', timeZone)
        assert.equal(dueGroupOf(local('2026-11-24T00:00'), day), 'upcoming', timeZone)
        assert.equal(dueGroupOf(null, day), 'no-date', timeZone)
      }
    }
  })

  test('days on which the clocks change are 23 or 25 hours long', () => {
    const spring = dayOf(at('2026-03-29T12:00:00Z'), 'Europe/Berlin')
    const autumn = dayOf(at('2026-10-25T12:00:00Z'), 'Europe/Berlin')
    assert.equal(spring.end.at - spring.start.at, 23 * hour)
    assert.equal(autumn.end.at - autumn.start.at, 25 * hour)
    assert.equal(dueGroupOf(at('2026-10-25T22:30:00Z'), autumn), 'today')
  })

  test('the ranges that the mirror is queried for match the groups that are shown', () => {
    const day = dayOf(at('2026-11-23T10:00:00Z'), 'Europe/Berlin')
    for (
      let deadline = day.start.at - 2 * hour;
      deadline < day.end.at + 2 * hour;
      deadline += hour / 4
    ) {
      const groups = dueGroups.filter((group) => {
        const range = deadlinesOf(group, day)
        if (range === 'none') return false
        return (
          deadline >= (range.from?.at ?? -Infinity) && deadline < (range.before?.at ?? Infinity)
        )
      })
      assert.deepEqual(groups, [dueGroupOf(deadline, day)])
    }
  })
})
