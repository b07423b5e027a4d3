import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import {
  atMomentInWords,
  counted,
  dateInWords,
  deadlineInWords,
  listInWords,
  momentInWords,
  shortText,
  taskTitle,
  todayInWords,
  waitInWords,
} from './words.ts'

const berlin = readerAt('2026-11-23T09:41+01:00', 'Europe/Berlin')

suite('a deadline in words', () => {
  test('each reader gets their own words, by their time and time zone, in any order', () => {
    const deadline = Date.parse('2026-11-24T15:00+01:00')
    const nextDay = readerAt('2026-11-24T09:41+01:00', 'Europe/Berlin')
    const readers = [berlin, nextDay, berlin, { ...berlin, timeZone: 'Pacific/Kiritimati' }, berlin]
    assert.deepEqual(
      readers.map((reader) => deadlineInWords(deadline, reader).text),
      ['tomorrow 15:00', 'today 15:00', 'tomorrow 15:00', 'Wed 25 Nov 04:00', 'tomorrow 15:00'],
    )
  })

  const cases: readonly (readonly [string, string, boolean])[] = [
    ['2026-11-23T00:00+01:00', 'today 00:00', true],
    ['2026-11-23T23:59+01:00', 'today 23:59', false],
    ['2026-11-23T10:30+01:00', 'today 10:30', false],
    ['2026-11-23T08:30+01:00', 'today 08:30', true],
    ['2026-11-23T23:59:59+01:00', 'today', false],
    ['2026-11-24T00:00+01:00', 'tomorrow 00:00', false],
    ['2026-11-24T23:59:59.999+01:00', 'tomorrow', false],
    ['2026-11-24T15:00+01:00', 'tomorrow 15:00', false],
    ['2026-11-22T23:59:59+01:00', 'yesterday', true],
    ['2026-11-22T17:20+01:00', 'yesterday 17:20', true],
    ['2026-11-20T00:00+01:00', 'Fri 20 Nov', true],
    ['2026-11-20T17:20+01:00', 'Fri 20 Nov', true],
    ['2026-11-29T09:00+01:00', 'Sun 29 Nov 09:00', false],
    ['2026-11-30T09:00+01:00', 'Mon 30 Nov', false],
    ['2027-01-04T00:00+01:00', '4 Jan 2027', false],
    ['2025-12-31T00:00+01:00', '31 Dec 2025', true],
  ]
  for (const [deadline, words, isLate] of cases) {
    test(`${deadline} is “${words}”${isLate ? ' and late' : ''}`, () => {
      const said = deadlineInWords(Date.parse(deadline), berlin)
      assert.equal(said.text, words)
      assert.equal(said.isLate, isLate)
    })
  }

  test('the same instant is another day in another time zone', () => {
    const instant = Date.parse('2026-11-23T23:30Z')
    const said = ['Pacific/Niue', 'UTC', 'Asia/Kathmandu', 'Pacific/Kiritimati'].map(
      (timeZone) => deadlineInWords(instant, readerAt('2026-11-23T12:00Z', timeZone)).text,
    )
    // On Kiritimati it is already the 24th while the others still have the 23rd.
    assert.deepEqual(said, ['today 12:30', 'today 23:30', 'tomorrow 05:15', 'today 13:30'])
  })

  test('“tomorrow” is the next calendar day, even when daylight saving changes the night’s length', () => {
    for (const night of ['2026-03-28T22:30+01:00', '2026-10-24T22:30+02:00']) {
      const reader = readerAt(night, 'Europe/Berlin')
      const day = Temporal.Instant.from(night).toZonedDateTimeISO('Europe/Berlin').toPlainDate()
      const noon = (days: number) =>
        day.add({ days }).toZonedDateTime({ timeZone: 'Europe/Berlin', plainTime: '12:00' })
          .epochMilliseconds
      assert.equal(deadlineInWords(noon(1), reader).text, 'tomorrow 12:00')
      assert.equal(deadlineInWords(noon(-1), reader).text, 'yesterday 12:00')
    }
  })

  test('one minute before and one after midnight are different days', () => {
    const deadline = Date.parse('2026-11-23T12:00+01:00')
    const before = readerAt('2026-11-23T23:59+01:00', 'Europe/Berlin')
    const after = readerAt('2026-11-24T00:01+01:00', 'Europe/Berlin')
    assert.equal(deadlineInWords(deadline, before).text, 'today 12:00')
    assert.equal(deadlineInWords(deadline, after).text, 'yesterday 12:00')
  })

  test('the title has the full date', () => {
    const deadline = Date.parse('2026-11-20T17:20+01:00')
    assert.equal(deadlineInWords(deadline, berlin).full, 'Friday 20 November 2026, 17:20')
  })
})

suite('an instant in words', () => {
  test('an instant is a time today, a day and time this year, and a date before that', () => {
    assert.equal(momentInWords(Date.parse('2026-11-23T09:40+01:00'), berlin), '09:40')
    assert.equal(momentInWords(Date.parse('2026-11-22T17:20+01:00'), berlin), 'yesterday at 17:20')
    assert.equal(momentInWords(Date.parse('2026-11-20T17:20+01:00'), berlin), 'Fri 20 Nov at 17:20')
    assert.equal(momentInWords(Date.parse('2025-11-20T17:20+01:00'), berlin), '20 Nov 2025')
  })

  test('an instant within a sentence has its preposition', () => {
    const said = ['2026-11-23T09:40+01:00', '2026-11-22T17:20+01:00', '2025-11-20T17:20+01:00'].map(
      (instant) => atMomentInWords(Date.parse(instant), berlin),
    )
    assert.deepEqual(said, ['at 09:40', 'yesterday at 17:20', 'on 20 Nov 2025'])
  })

  test('a day is shown without a time', () => {
    assert.equal(dateInWords(Date.parse('2026-05-07T12:00+02:00'), berlin), 'Thu 7 May')
    assert.equal(todayInWords(berlin), 'Monday 23 November')
  })
})

suite('texts in words', () => {
  test('a text without a visible character is an untitled task', () => {
    for (const text of [
      '',
      '  ',
      '\u200B',
      '\u200B\u2060\uFEFF',
      '\u3164',
      '\u2800',
      '\u00AD\u0301',
    ]) {
      assert.equal(taskTitle(text), 'Untitled task', JSON.stringify(text))
    }
    for (const text of ['a', '🪴', '数', 'ع\u200D', '!']) assert.equal(taskTitle(text), text)
  })

  test('a letter with 150 combining marks is cut to a letter that can be read', () => {
    const zalgo = `Z${'\u0301'.repeat(150)}`
    assert.match(shortText(`${zalgo}algo`, 80), /^Z\u0301{1,8}algo$/)
    assert.equal(shortText('Call 👨‍👩‍👧‍👦', 80), 'Call 👨‍👩‍👧‍👦')
  })
})

suite('numbers in words', () => {
  test('counts have plurals and thousands separators', () => {
    const said = [0, 1, 2, 1204].map((count) => counted(count, 'task'))
    assert.deepEqual(said, ['no tasks', '1 task', '2 tasks', '1,204 tasks'])
    assert.equal(counted(2, 'try', 'tries'), '2 tries')
  })

  test('a wait is shown in a fitting unit, never as zero', () => {
    const said = [-5000, 400, 40_000, 89_000, 90_000, 9 * 60_000, 3 * 3_600_000].map((wait) =>
      waitInWords(1_000_000 + wait, 1_000_000),
    )
    assert.deepEqual(said, [
      'in 1 second',
      'in 1 second',
      'in 40 seconds',
      'in 89 seconds',
      'in 2 minutes',
      'in 9 minutes',
      'in 3 hours',
    ])
  })

  test('lists end with “and”', () => {
    assert.equal(listInWords(['Acme', 'Globex', 'Initech']), 'Acme, Globex and Initech')
  })
})

function readerAt(instant: string, timeZone: string) {
  return { now: Temporal.Instant.from(instant).epochMilliseconds, timeZone }
}
