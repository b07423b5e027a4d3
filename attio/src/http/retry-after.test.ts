import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import { longestRetryAfterMs, parseHttpDate, readRetryAfter } from './retry-after.ts'

const now = Date.UTC(2026, 4, 15, 12, 0, 0)
const read = (header: string | null, date: string | null = null) =>
  readRetryAfter(header, { now, date })
const inSeconds = (seconds: number) => new Date(now + seconds * 1000)

describe('RL-02 Retry-After', () => {
  const seconds: [header: string, ms: number][] = [
    ['0', 0],
    ['5', 5_000],
    [' 120 ', 120_000],
    ['007', 7_000],
    ['1.5', 1_500],
  ]
  for (const [header, ms] of seconds) {
    test(`RL-02 "${header}" is ${ms} ms`, () => assert.equal(read(header), ms))
  }

  const unreadable = [
    '',
    ' ',
    'soon',
    'NaN',
    'Infinity',
    '-5',
    '+5',
    '0x10',
    '1e3',
    '5s',
    '5, 6',
    '٣',
    'Fri, 15 May 2026 25:00:00 GMT',
    'Fri, 15 May 2026 12:60:00 GMT',
    'Fri, 15 May 2026 12:00:61 GMT',
    'Mon, 30 Feb 2026 12:00:00 GMT',
    'Fri, 15 Mai 2026 12:00:00 GMT',
    'Fri, 15 May 2026 12:00:00 PST',
    '2026-05-15T12:00:01Z',
  ]
  for (const header of unreadable) {
    test(`RL-02 "${header}" is ignored`, () => assert.equal(read(header), undefined))
  }

  test('RL-02 an absent header is undefined', () => assert.equal(read(null), undefined))

  const forms: [name: string, header: string][] = [
    ['IMF-fixdate', 'Fri, 15 May 2026 12:00:07 GMT'],
    ['RFC 850', 'Friday, 15-May-26 12:00:07 GMT'],
    ['asctime', 'Fri May 15 12:00:07 2026'],
    ['any case', 'fri, 15 may 2026 12:00:07 gmt'],
  ]
  for (const [name, header] of forms) {
    test(`RL-02 a date in the form of ${name} is the time until that date`, () => {
      assert.equal(read(header), 7_000)
    })
  }

  test('RL-02 asctime pads a one-digit day with a space', () => {
    assert.equal(parseHttpDate('Sun Nov  6 08:49:37 1994', now), Date.UTC(1994, 10, 6, 8, 49, 37))
  })

  test('RL-02 a past date means now', () => {
    assert.equal(read(inSeconds(-3600).toUTCString()), 0)
    assert.equal(read('Sunday, 06-Nov-94 08:49:37 GMT'), 0)
  })

  test('RL-02 a two-digit year is at most 50 years ahead', () => {
    assert.equal(parseHttpDate('Friday, 15-May-76 12:00:00 GMT', now), Date.UTC(2076, 4, 15, 12))
    assert.equal(parseHttpDate('Sunday, 15-May-77 12:00:00 GMT', now), Date.UTC(1977, 4, 15, 12))
  })

  for (const header of ['Fri, 31 Dec 9999 23:59:59 GMT', '31536000', '901', '9'.repeat(400)]) {
    test(`RL-02 "${header.slice(0, 30)}" is a wait of fifteen minutes`, () => {
      assert.equal(read(header), longestRetryAfterMs)
    })
  }

  test('RL-02 a clock that is ten minutes off changes nothing, in either direction', () => {
    for (const skew of [-600, 600]) {
      const date = inSeconds(skew).toUTCString()
      assert.equal(read(inSeconds(skew + 2).toUTCString(), date), 2_000)
    }
  })

  test('RL-02 an unreadable Date header falls back to our own clock', () => {
    assert.equal(read(inSeconds(2).toUTCString(), 'yesterday'), 2_000)
  })

  test('RL-02 the wait is never too short, for every instant in each of the three date forms', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e6, max: 1e6 }),
        fc.integer({ min: 0, max: 999 }),
        (s, ms) => {
          const until = inSeconds(s)
          for (const header of allForms(until)) {
            const told = readRetryAfter(header, { now: now + ms, date: null })
            assert.equal(
              told,
              Math.min(longestRetryAfterMs, Math.max(0, until.getTime() - now - ms)),
              header,
            )
          }
        },
      ),
    )
  })

  test('RL-02 any header gives undefined or a number that a timer accepts', () => {
    const anything = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary-ascii' }),
      fc.double().map(String),
    )
    fc.assert(
      fc.property(anything, anything, fc.integer(), (header, date, now) => {
        const told = readRetryAfter(header, { now, date })
        assert.ok(told === undefined || (told >= 0 && Number.isFinite(now + told)))
      }),
      { numRuns: 2_000 },
    )
  })
})

function allForms(date: Date): string[] {
  const imf = date.toUTCString()
  const [dayName = '', day = '', month = '', year = '', time = ''] = imf.split(/,? /)
  const long = date.toLocaleDateString('en', { weekday: 'long', timeZone: 'UTC' })
  return [
    imf,
    `${long}, ${day}-${month}-${year.slice(2)} ${time} GMT`,
    `${dayName} ${month} ${day.replace(/^0/, ' ')} ${time} ${year}`,
  ]
}
