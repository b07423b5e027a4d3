import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { deadlineInWords } from '../../web/ui/words.ts'
import { chosenOf, deadlineOf, quickDateText, quickDeadline } from './chosen-deadline.ts'
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
    const deadline = deadlineOf(chosen, 'Europe/Berlin')
    assert.equal(deadline, at('2026-11-24T14:00:00Z'))
    assert.deepEqual(chosenOf(deadline ?? null, 'Europe/Berlin'), chosen)
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
