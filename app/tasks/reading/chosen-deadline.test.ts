import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { deadlineInWords } from '../../web/ui/words.ts'
import {
  chosenOf,
  deadlineOf,
  dueInstant,
  otherTimeOf,
  quickDateText,
  quickDeadline,
} from './chosen-deadline.ts'
import { dayOf, dueGroupOf } from './due.ts'

const zones = ['Pacific/Niue', 'Asia/Kathmandu', 'Pacific/Kiritimati', 'UTC', 'Europe/Berlin']
const at = (text: string): number => Temporal.Instant.from(text).epochMilliseconds

suite('a chosen deadline', () => {
  test('a date alone means the last second of that day in the person’s time zone, and reads back as that day', () => {
    assert.equal(
      deadlineOf({ date: '2026-11-23', time: '' }, 'Europe/Berlin'),
      at('2026-11-23T22:59:59Z'),
    )
    for (const timeZone of zones) {
      for (const date of ['2026-03-29', '2026-10-25', '2026-12-31']) {
        const chosen = { date, time: '' }
        const deadline = deadlineOf(chosen, timeZone) ?? assert.fail()
        assert.deepEqual(chosenOf(deadline, timeZone), chosen)
        const noon = Temporal.PlainDateTime.from(`${date}T12:00`).toZonedDateTime(timeZone)
        const now = noon.epochMilliseconds
        assert.equal(dueGroupOf(deadline, dayOf(now, timeZone)), 'today')
        assert.equal(deadlineInWords(deadline, { now, timeZone }).text, 'today')
      }
    }
  })

  test('a date with a time is that instant, and reads back as it was typed', () => {
    const chosen = { date: '2026-11-24', time: '15:00' }
    assert.equal(deadlineOf(chosen, 'Europe/Berlin'), at('2026-11-24T14:00:00Z'))
    for (const timeZone of zones) {
      for (const time of ['00:00', '00:01', '15:00', '23:58', '23:59']) {
        const deadline = deadlineOf({ date: '2026-11-24', time }, timeZone)
        const read = chosenOf(deadline ?? null, timeZone)
        assert.deepEqual(read, { date: '2026-11-24', time }, timeZone)
      }
    }
  })

  test('a date without a time from Attio is that day for every reader', () => {
    for (const timeZone of [...zones, 'America/New_York', 'Africa/Cairo', 'America/Havana']) {
      for (const date of ['2026-11-30', '2026-03-08', '2026-04-24', '2027-01-01']) {
        const deadline = dueInstant(date, timeZone)
        assert.deepEqual(chosenOf(deadline, timeZone), { date, time: '' }, timeZone)
      }
    }
  })

  test('a day ends where the next begins, also where clocks jump at midnight', () => {
    // The first day of summer time in 2026: it, or the day after, begins at 01:00.
    for (const [timeZone, date] of [
      ['Africa/Cairo', '2026-04-23'],
      ['Asia/Beirut', '2026-03-28'],
      ['America/Havana', '2026-03-07'],
      ['America/Santiago', '2026-09-05'],
      ['America/Asuncion', '2023-09-30'],
      ['Asia/Tehran', '2022-03-21'],
    ] as const) {
      const deadline = deadlineOf({ date, time: '' }, timeZone) ?? assert.fail()
      const next = Temporal.PlainDate.from(date).add({ days: 1 })
      assert.equal(next.toZonedDateTime(timeZone).hour, 1, `${timeZone} jumps`)
      assert.equal(deadline + 1_000, next.toZonedDateTime(timeZone).epochMilliseconds)
      assert.deepEqual(chosenOf(deadline, timeZone), { date, time: '' }, timeZone)
      const early = deadlineOf({ date: next.toString(), time: '01:30' }, timeZone)
      const day = dayOf(deadline - 12 * 3_600_000, timeZone)
      assert.deepEqual(
        [dueGroupOf(deadline, day), dueGroupOf(early ?? null, day)],
        ['today', 'upcoming'],
        timeZone,
      )
    }
  })

  test('a day whose last hour the clocks jump over ends without a time, and holds every time chosen on it', () => {
    for (const timeZone of ['America/Nuuk', 'America/Scoresbysund']) {
      const date = '2026-03-28'
      const now = deadlineOf({ date, time: '12:00' }, timeZone) ?? assert.fail()
      const alone = deadlineOf({ date, time: '' }, timeZone) ?? assert.fail()
      assert.deepEqual(chosenOf(alone, timeZone), { date, time: '' })
      assert.deepEqual(deadlineInWords(alone, { now, timeZone }).time, undefined)
      for (const time of ['22:59', '23:00', '23:30', '23:59']) {
        const chosen = deadlineOf({ date, time }, timeZone) ?? assert.fail()
        assert.equal(chosenOf(chosen, timeZone).date, date, time)
        assert.equal(dueGroupOf(chosen, dayOf(now, timeZone)), 'today')
      }
      assert.equal(quickDeadline('today', now, timeZone), alone)
    }
  })

  test('a time in an hour that comes twice means the first one, and either reads as the same time', () => {
    for (const [timeZone, date, time, second] of [
      ['Europe/Berlin', '2026-10-25', '02:30', '2026-10-25T01:30:00Z'],
      ['America/New_York', '2026-11-01', '01:00', '2026-11-01T06:00:00Z'],
      ['Australia/Lord_Howe', '2026-04-05', '01:45', '2026-04-04T15:15:00Z'],
      ['America/Havana', '2026-11-01', '00:59', '2026-11-01T05:59:00Z'],
    ] as const) {
      const first = deadlineOf({ date, time }, timeZone) ?? assert.fail()
      assert.deepEqual(otherTimeOf(first, timeZone), { which: 'first', otherAt: at(second) })
      assert.deepEqual(otherTimeOf(at(second), timeZone), { which: 'second', otherAt: first })
      assert.deepEqual(chosenOf(at(second), timeZone), { date, time }, timeZone)
      const reader = { now: first - 86_400_000, timeZone }
      assert.match(deadlineInWords(first, reader).full, / \(first of two\)$/)
      assert.match(deadlineInWords(at(second), reader).unmistakable, / \(second of two\)$/)
      const before = first - 2 * 3_600_000
      assert.equal(otherTimeOf(before, timeZone), undefined, timeZone)
      assert.doesNotMatch(deadlineInWords(before, reader).full, /of two/)
      const day = deadlineOf({ date, time: '' }, timeZone) ?? assert.fail()
      assert.equal(otherTimeOf(day, timeZone), undefined)
    }
  })

  test('a day that never was is refused, and the day before it is followed by the one after', () => {
    for (const [timeZone, before, missing, after] of [
      ['Pacific/Apia', '2011-12-29', '2011-12-30', '2011-12-31'],
      ['Pacific/Fakaofo', '2011-12-29', '2011-12-30', '2011-12-31'],
      ['Pacific/Kwajalein', '1993-08-20', '1993-08-21', '1993-08-22'],
    ] as const) {
      assert.equal(deadlineOf({ date: missing, time: '' }, timeZone), undefined)
      assert.equal(deadlineOf({ date: missing, time: '12:00' }, timeZone), undefined)
      const now = deadlineOf({ date: before, time: '12:00' }, timeZone) ?? assert.fail()
      assert.equal(quickDateText('tomorrow', now, timeZone), after)
      const last = deadlineOf({ date: before, time: '' }, timeZone) ?? assert.fail()
      assert.deepEqual(chosenOf(last, timeZone), { date: before, time: '' })
      const day = dayOf(now, timeZone)
      assert.equal(day.end.day, after)
      assert.ok(day.tomorrowEnd.at - day.end.at === 86_400_000, timeZone)
      assert.equal(dueGroupOf(dueInstant(missing, timeZone), day), 'today')
    }
  })

  test('empty fields mean no deadline, and an invalid date or a time without a date is rejected', () => {
    assert.equal(deadlineOf({ date: '', time: '' }, 'UTC'), null)
    for (const [date, time] of [
      ['', '15:00'],
      ['2026-02-30', ''],
      ['tomorrow', ''],
      ['2026-11-24', '25:00'],
      ['2026-11-24T00:00', ''],
      ['+012026-11-24', ''],
      ['1899-12-31', ''],
      ['2201-01-01', '09:00'],
      ['9999-12-31', ''],
    ] as const) {
      assert.equal(deadlineOf({ date, time }, 'UTC'), undefined, `${date} ${time}`)
    }
  })

  test('today, tomorrow and next Monday follow the person’s own calendar', () => {
    // On Monday 23 November at 23:30 in Berlin it is Tuesday afternoon in Kiritimati.
    const now = at('2026-11-23T22:30:00Z')
    const said = (timeZone: string) =>
      (['today', 'tomorrow', 'next-monday'] as const).map((choice) =>
        quickDateText(choice, now, timeZone),
      )
    assert.deepEqual(said('Europe/Berlin'), ['2026-11-23', '2026-11-24', '2026-11-30'])
    assert.deepEqual(said('Pacific/Kiritimati'), ['2026-11-24', '2026-11-25', '2026-11-30'])
    assert.equal(quickDeadline('today', now, 'Europe/Berlin'), at('2026-11-23T22:59:59Z'))
  })
})
