import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { formatInstant, parseInstant } from './instants.ts'

// Far from UTC, so that reading a timestamp as local time gives a wrong result.
process.env['TZ'] = 'Pacific/Auckland'

const may15 = Date.UTC(2026, 4, 15)

const readable: [text: string, instant: number][] = [
  ['2026-05-15T00:00:00.561000000Z', may15 + 561],
  ['2026-05-15T00:00:00.561999999Z', may15 + 561],
  ['2026-05-15T00:00:00.061281000Z', may15 + 61],
  ['2026-05-15T00:00:00.5Z', may15 + 500],
  ['2026-05-15T00:00:00Z', may15],
  ['2026-05-15T02:00:00+02:00', may15],
  ['2026-05-15T00:00:00.000', may15],
  ['2026-05-15', may15],
]
for (const [text, instant] of readable) {
  test(`Attio's ${text} is an instant`, () => assert.equal(parseInstant(text), instant))
}

const unreadable = ['', '5', 'tomorrow', '2026-02-30', '2026-13-01', '2026-05-15T25:00:00Z']
for (const text of [...unreadable, '2026-5-15', ' 2026-05-15', '2026-05-15T00:00Z', '20260515']) {
  test(`"${text}" is not an instant`, () => assert.equal(parseInstant(text), undefined))
}

test("every instant survives a round trip to Attio's form, with nine digits", () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date(0), max: new Date('9999'), noInvalidDate: true }),
      (date) => {
        const text = formatInstant(date.getTime())
        assert.match(text, /\.\d{9}Z$/)
        assert.equal(parseInstant(text), date.getTime())
      },
    ),
  )
})
