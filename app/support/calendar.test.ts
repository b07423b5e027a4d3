import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { dayAt } from './calendar.ts'

const zones = [
  'UTC',
  'Europe/Berlin',
  'Asia/Tokyo',
  'America/Havana',
  'Africa/Cairo',
  // Samoa left out a day in 2011, and clocks in Newfoundland were set back at one minute past midnight.
  'Pacific/Apia',
  'America/St_Johns',
]

test('the day of an instant is the one that the calendar says, whichever instant was asked for before', () => {
  const years = { min: Date.UTC(1985, 0), max: Date.UTC(2040, 0) }
  const near = fc.integer({ min: -3 * 3_600_000, max: 3 * 3_600_000 })
  const property = fc.property(
    fc.constantFrom(...zones),
    fc.integer(years),
    fc.array(near, { minLength: 2, maxLength: 8 }),
    (timeZone, around, offsets) => {
      const change = Temporal.Instant.fromEpochMilliseconds(around)
        .toZonedDateTimeISO(timeZone)
        .getTimeZoneTransition('next')
      const centre = change?.epochMilliseconds ?? around
      for (const offset of offsets) {
        const moment = Temporal.Instant.fromEpochMilliseconds(centre + offset).toZonedDateTimeISO(
          timeZone,
        )
        const day = dayAt(centre + offset, timeZone)
        assert.equal(day.toString(), moment.toPlainDate().toString(), moment.toString())
      }
    },
  )
  fc.assert(property, { numRuns: 300, seed: 14 })
})

test('the day is the same object until midnight', () => {
  const noon = Date.UTC(2026, 10, 23, 12)
  assert.equal(dayAt(noon, 'UTC'), dayAt(noon + 11 * 3_600_000, 'UTC'))
  assert.notEqual(dayAt(noon, 'UTC'), dayAt(noon + 12 * 3_600_000, 'UTC'))
})
