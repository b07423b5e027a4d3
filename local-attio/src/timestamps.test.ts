import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readInstant, timestamp } from './timestamps.ts'

test('an instant is written with nine fractional digits', () => {
  assert.equal(timestamp(1_778_881_780_561), '2026-05-15T21:49:40.561000000Z')
})

test('only ISO 8601 instants are parsed', () => {
  const cases: readonly (readonly [text: string, expected: string | undefined])[] = [
    ['2026-05-15', '2026-05-15T00:00:00.000000000Z'],
    ['2026-05-15T21:49', '2026-05-15T21:49:00.000000000Z'],
    ['2026-05-15T21:49:40Z', '2026-05-15T21:49:40.000000000Z'],
    ['2026-05-15T21:49:40.5619999Z', '2026-05-15T21:49:40.561999900Z'],
    ['2026-05-15T21:49:40.561000000Z', '2026-05-15T21:49:40.561000000Z'],
    ['2026-05-15T23:49:40+02:00', '2026-05-15T21:49:40.000000000Z'],
    ['2026-05-15T21:49:40-0530', '2026-05-16T03:19:40.000000000Z'],
    ['2026-05-15T21:49:40-23:59', '2026-05-16T21:48:40.000000000Z'],
    ['9999-12-31T23:59:59.999999999Z', '9999-12-31T23:59:59.999999999Z'],
    ['9999-12-31T23:00:00-10:00', undefined],
    ['0000-01-01T05:00:00+10:00', undefined],
    ['2026-05-15T21:49:40+24:00', undefined],
    ['2026-05-15T21:49:40+05:60', undefined],
    ['2024-02-29', '2024-02-29T00:00:00.000000000Z'],
    ['2026-02-29', undefined],
    ['2026-13-01', undefined],
    ['2026-05-15T25:00', undefined],
    ['tomorrow', undefined],
    ['1778881780561', undefined],
    ['', undefined],
  ]
  for (const [text, expected] of cases) {
    const instant = readInstant(text)
    assert.equal(instant && timestamp(instant.ms, instant.nanoseconds), expected, text)
  }
})
