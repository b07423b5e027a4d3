// Lines as people type them and how quick add reads each, in several time zones.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { anyCharacter } from '../../../testing/any-character.ts'
import { readDate } from './find-date.ts'
import type { Named } from './find-names.ts'
import { taskLines, understandTask, type UnderstoodTask } from './understand-task.ts'

/** A line, its text without the date, and the date with its time, at 10:00 on Wednesday 25 November 2026. */
const lines: readonly (readonly [line: string, content: string, due: string])[] = [
  ['Send NDA tomorrow 3pm', 'Send NDA', '2026-11-26 15:00'],
  ['Send NDA Tomorrow', 'Send NDA', '2026-11-26'],
  ['Send NDA TOMORROW at 15:00', 'Send NDA', '2026-11-26 15:00'],
  ['Send NDA tom', 'Send NDA', '2026-11-26'],
  ['Send NDA tmr', 'Send NDA', '2026-11-26'],
  ['Send NDA tmrw', 'Send NDA', '2026-11-26'],
  ['Send NDA today', 'Send NDA', '2026-11-25'],
  ['Send NDA tod', 'Send NDA', '2026-11-25'],
  ['Send NDA tonight', 'Send NDA', '2026-11-25'],
  ['Send NDA this evening', 'Send NDA', '2026-11-25'],
  ['Send NDA this afternoon', 'Send NDA', '2026-11-25'],
  ['Send NDA tomorrow morning', 'Send NDA', '2026-11-26'],
  ['Send NDA by friday', 'Send NDA', '2026-11-27'],
  ['Send NDA on Friday', 'Send NDA', '2026-11-27'],
  ['Send NDA due friday', 'Send NDA', '2026-11-27'],
  ['Send NDA until friday', 'Send NDA', '2026-11-27'],
  ['Send NDA before friday', 'Send NDA', '2026-11-27'],
  ['Send NDA for friday', 'Send NDA', '2026-11-27'],
  ['Send NDA friday', 'Send NDA', '2026-11-27'],
  ['Send NDA Fri', 'Send NDA', '2026-11-27'],
  ['Send NDA fri 9am', 'Send NDA', '2026-11-27 09:00'],
  ['Send NDA fri 9:30', 'Send NDA', '2026-11-27 09:30'],
  ['Send NDA fri at 9.30am', 'Send NDA', '2026-11-27 09:30'],
  ['Send NDA fri 14:00', 'Send NDA', '2026-11-27 14:00'],
  ['Send NDA fri noon', 'Send NDA', '2026-11-27 12:00'],
  ['Send NDA fri at midnight', 'Send NDA', '2026-11-27 00:00'],
  ['Send NDA next friday', 'Send NDA', '2026-12-04'],
  ['Send NDA this friday', 'Send NDA', '2026-11-27'],
  ['Send NDA monday', 'Send NDA', '2026-11-30'],
  ['Send NDA mon', 'Send NDA', '2026-11-30'],
  ['Send NDA tue', 'Send NDA', '2026-12-01'],
  ['Send NDA wed', 'Send NDA', '2026-11-25'],
  ['Send NDA thu', 'Send NDA', '2026-11-26'],
  ['Send NDA thurs', 'Send NDA', '2026-11-26'],
  ['Send NDA sat', 'Send NDA', '2026-11-28'],
  ['Send NDA sun', 'Send NDA', '2026-11-29'],
  ['Send NDA wednesday', 'Send NDA', '2026-11-25'],
  ['Send NDA next week', 'Send NDA', '2026-11-30'],
  ['Send NDA next monday', 'Send NDA', '2026-11-30'],
  ['Send NDA next month', 'Send NDA', '2026-12-01'],
  ['Send NDA in 3 days', 'Send NDA', '2026-11-28'],
  ['Send NDA in 2 weeks', 'Send NDA', '2026-12-09'],
  ['Send NDA in two weeks', 'Send NDA', '2026-12-09'],
  ['Send NDA in a week', 'Send NDA', '2026-12-02'],
  ['Send NDA in a month', 'Send NDA', '2026-12-25'],
  ['Send NDA in 1 month', 'Send NDA', '2026-12-25'],
  ['Send NDA in an hour', 'Send NDA', '2026-11-25 11:00'],
  ['Send NDA in 30 minutes', 'Send NDA', '2026-11-25 10:30'],
  ['Send NDA in 2 hours', 'Send NDA', '2026-11-25 12:00'],
  ['Send NDA +1', 'Send NDA', '2026-11-26'],
  ['Send NDA +3', 'Send NDA', '2026-11-28'],
  ['Send NDA +3d', 'Send NDA', '2026-11-28'],
  ['Send NDA +2w', 'Send NDA', '2026-12-09'],
  ['Send NDA +1m', 'Send NDA', '2026-12-25'],
  ['Send NDA day after tomorrow', 'Send NDA', '2026-11-27'],
  ['Send NDA the day after tomorrow', 'Send NDA', '2026-11-27'],
  ['Send NDA this weekend', 'Send NDA', '2026-11-28'],
  ['Send NDA next weekend', 'Send NDA', '2026-12-05'],
  ['Send NDA eod', 'Send NDA', '2026-11-25'],
  ['Send NDA eow', 'Send NDA', '2026-11-27'],
  ['Send NDA eom', 'Send NDA', '2026-11-30'],
  ['Send NDA end of day', 'Send NDA', '2026-11-25'],
  ['Send NDA end of the month', 'Send NDA', '2026-11-30'],
  ['Send NDA end of week', 'Send NDA', '2026-11-27'],
  ['Send NDA by EOD', 'Send NDA', '2026-11-25'],
  ['Send NDA 15 dec', 'Send NDA', '2026-12-15'],
  ['Send NDA 15 Dec 9am', 'Send NDA', '2026-12-15 09:00'],
  ['Send NDA dec 15', 'Send NDA', '2026-12-15'],
  ['Send NDA December 15', 'Send NDA', '2026-12-15'],
  ['Send NDA december 15th', 'Send NDA', '2026-12-15'],
  ['Send NDA 15th of december', 'Send NDA', '2026-12-15'],
  ['Send NDA 15 December 2027', 'Send NDA', '2027-12-15'],
  ['Send NDA Dec 15, 2027', 'Send NDA', '2027-12-15'],
  ['Send NDA on 5 may', 'Send NDA', '2027-05-05'],
  ['Send NDA 1 jan', 'Send NDA', '2027-01-01'],
  ['Send NDA 2026-12-01', 'Send NDA', '2026-12-01'],
  ['Send NDA 2026-12-01 14:30', 'Send NDA', '2026-12-01 14:30'],
  ['Send NDA 2026-12-01T14:30', 'Send NDA', '2026-12-01 14:30'],
  ['Send NDA 1.12.2026', 'Send NDA', '2026-12-01'],
  ['Send NDA 1.12.', 'Send NDA', '2026-12-01'],
  ['Send NDA 24.12. 18:00', 'Send NDA', '2026-12-24 18:00'],
  ['Send NDA 3pm', 'Send NDA', '2026-11-25 15:00'],
  ['Send NDA at 3pm', 'Send NDA', '2026-11-25 15:00'],
  ['Send NDA 3 pm', 'Send NDA', '2026-11-25 15:00'],
  ['Send NDA 3:15pm', 'Send NDA', '2026-11-25 15:15'],
  ['Send NDA 15:00', 'Send NDA', '2026-11-25 15:00'],
  ['Send NDA at 15:00', 'Send NDA', '2026-11-25 15:00'],
  ['Send NDA at 5', 'Send NDA', '2026-11-25 17:00'],
  ['Send NDA at 11', 'Send NDA', '2026-11-25 11:00'],
  ['Send NDA at noon', 'Send NDA', '2026-11-25 12:00'],
  ['Send NDA at 8am', 'Send NDA', '2026-11-26 08:00'],
  ['Send NDA at midnight', 'Send NDA', '2026-11-26 00:00'],
  ['Send NDA 9am tomorrow', 'Send NDA', '2026-11-26 09:00'],
  ['Send NDA at 3pm on friday', 'Send NDA', '2026-11-27 15:00'],
  ['Send NDA friday 3-4pm', 'Send NDA', '2026-11-27 15:00'],
  ['tomorrow send NDA', 'send NDA', '2026-11-26'],
  ['Tomorrow: send NDA', 'send NDA', '2026-11-26'],
  ['Friday send NDA', 'send NDA', '2026-11-27'],
  ['friday: send NDA', 'send NDA', '2026-11-27'],
  ['next week send NDA', 'send NDA', '2026-11-30'],
  ['15 dec send NDA', 'send NDA', '2026-12-15'],
  ['At 3pm send NDA', 'send NDA', '2026-11-25 15:00'],
  ['Call Bob tomorrow about the NDA', 'Call Bob about the NDA', '2026-11-26'],
  ['Call Bob on friday about the NDA', 'Call Bob about the NDA', '2026-11-27'],
  ['Call Bob friday about the NDA', 'Call Bob about the NDA', '2026-11-27'],
  ['Send NDA, tomorrow', 'Send NDA', '2026-11-26'],
  ['Send NDA (tomorrow)', 'Send NDA', '2026-11-26'],
  ['Send NDA tomorrow.', 'Send NDA.', '2026-11-26'],
  ['Send NDA tomorrow!', 'Send NDA!', '2026-11-26'],
  ['The 9/11 Report', 'The 9/11 Report', ''],
  ['Buy 24/7 support', 'Buy 24/7 support', ''],
  ['Friday Ltd', 'Friday Ltd', ''],
  ['Call Friday Ltd', 'Call Friday Ltd', ''],
  ['Sun Microsystems deck', 'Sun Microsystems deck', ''],
  ['Ask Sun Microsystems for a quote', 'Ask Sun Microsystems for a quote', ''],
  ['Black Friday sale', 'Black Friday sale', ''],
  ['Cyber Monday landing page', 'Cyber Monday landing page', ''],
  ['Good Friday rota', 'Good Friday rota', ''],
  ['Sync with Monday.com team', 'Sync with Monday.com team', ''],
  ["Prepare Friday's report", "Prepare Friday's report", ''],
  ['Read today’s notes', 'Read today’s notes', ''],
  ["Send yesterday's minutes", "Send yesterday's minutes", ''],
  ['May I call you', 'May I call you', ''],
  ['Ask May about pricing', 'Ask May about pricing', ''],
  ['March plan', 'March plan', ''],
  ['Meet in march', 'Meet in march', ''],
  ['Review Q3 numbers', 'Review Q3 numbers', ''],
  ['Review 2025 budget', 'Review 2025 budget', ''],
  ['Fix bug 1234', 'Fix bug 1234', ''],
  ['Order 500 units', 'Order 500 units', ''],
  ['Read chapter 3/4', 'Read chapter 3/4', ''],
  ['Finish part 1/2', 'Finish part 1/2', ''],
  ['Split 50/50', 'Split 50/50', ''],
  ['the second draft', 'the second draft', ''],
  ['Standup every monday', 'Standup every monday', ''],
  ['Report each friday', 'Report each friday', ''],
  ['Review last friday', 'Review last friday', ''],
  ['Notes of monday', 'Notes of monday', ''],
  ['Minutes from tuesday', 'Minutes from tuesday', ''],
  ['Move the call to monday', 'Move the call to monday', ''],
  ['See you a week ago', 'See you a week ago', ''],
  ['yesterday', 'yesterday', ''],
  ['tomorrow', 'tomorrow', ''],
  ['friday', 'friday', ''],
  ['Plan 2-day trip', 'Plan 2-day trip', ''],
  ['Plan a week-long sprint', 'Plan a week-long sprint', ''],
  ['Week 48 review', 'Week 48 review', ''],
  ['Meet at 10 Downing Street', 'Meet at 10 Downing Street', ''],
  ['Meet 3 people', 'Meet 3 people', ''],
  ['Sell at 20%', 'Sell at 20%', ''],
  ['Pay $15 fee', 'Pay $15 fee', ''],
  ['Version 2.0 release', 'Version 2.0 release', ''],
  ['Upgrade to v10.12', 'Upgrade to v10.12', ''],
  ['Ship Node 26.10', 'Ship Node 26.10', ''],
  ['IP 10.0.0.1 check', 'IP 10.0.0.1 check', ''],
  ['Call +49 170 1234567', 'Call +49 170 1234567', ''],
  ['Call +1 555 123 4567', 'Call +1 555 123 4567', ''],
  ['Room 12 setup', 'Room 12 setup', ''],
  ['Now or never', 'Now or never', ''],
  ['Do it now', 'Do it now', ''],
  ['Sat with the team', 'Sat with the team', ''],
  ['Wed the two plans', 'Wed the two plans', ''],
  ['Sunny side up', 'Sunny side up', ''],
  ['Monitor mon service', 'Monitor mon service', ''],
  ['Turn the satellite', 'Turn the satellite', ''],
  ['Second attempt', 'Second attempt', ''],
  ['Hours 7-9 cover', 'Hours 7-9 cover', ''],
  ['"tomorrow never dies" review', '"tomorrow never dies" review', ''],
  ['"tomorrow never dies" review friday', '"tomorrow never dies" review', '2026-11-27'],
  ['Send “Friday notes” to Bob', 'Send “Friday notes” to Bob', ''],
  ["Ask 'tomorrow' team on monday", "Ask 'tomorrow' team", '2026-11-30'],
  ['Write «demain» post tomorrow', 'Write «demain» post', '2026-11-26'],
  ['Year 3000 plan', 'Year 3000 plan', ''],
  ['Party 1 jan 2300', 'Party 1 jan 2300', ''],
  ['Pay 31 feb', 'Pay 31 feb', ''],
  ['Pay 30.2.2027', 'Pay 30.2.2027', ''],
  ['Pay 32 dec', 'Pay 32 dec', ''],
  ['Book 1 may 1850', 'Book 1 may 1850', ''],
]

const timeZones = [
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kathmandu',
  'Pacific/Auckland',
] as const

suite('quick add', () => {
  for (const timeZone of timeZones) {
    test(`${lines.length} lines give the same dates by the clock of ${timeZone}`, () => {
      const now = instantOf('2026-11-25T10:00', timeZone)
      const understood = lines.map(([line]) => {
        const { content, due } = understand(line, { now, timeZone })
        return [line, content, due === undefined ? '' : `${due.date} ${due.time}`.trim()]
      })
      assert.deepEqual(understood, lines)
    })
  }

  test('the same instant is another day in another time zone', () => {
    const now = Date.parse('2026-11-25T12:00Z')
    const dueIn = (timeZone: string) => understand('Send NDA tomorrow', { now, timeZone }).due?.date
    assert.equal(dueIn('America/New_York'), '2026-11-26')
    assert.equal(dueIn('Pacific/Auckland'), '2026-11-27')
  })

  test('3/4 is the fourth of March in New York and the third of April in London', () => {
    const now = Date.parse('2026-11-25T12:00Z')
    const dueIn = (timeZone: string) => understand('Pay by 3/4', { now, timeZone }).due?.date
    assert.equal(dueIn('America/New_York'), '2027-03-04')
    assert.equal(dueIn('Europe/London'), '2027-04-03')
  })

  test('a time of day that has passed means tomorrow', () => {
    const now = instantOf('2026-11-25T16:00', 'Europe/Berlin')
    assert.deepEqual(dueOf(understand('Call 3pm', { now, timeZone: 'Europe/Berlin' })), [
      '2026-11-26',
      '15:00',
    ])
  })

  const marked: readonly (readonly [
    line: string,
    content: string,
    people: string,
    records: string,
    due: string,
  ])[] = [
    ['Send NDA tomorrow 3pm @sam #initech', 'Send NDA', 'sam', 'initech', '2026-11-26'],
    ['@Sam Okafor please call', 'please call', 'sam', '', ''],
    ['Call @SAM today', 'Call', 'sam', '', '2026-11-25'],
    ['Ask @me', 'Ask', 'me', '', ''],
    ['Brief @lukasz on friday', 'Brief', 'łukasz', '', '2026-11-27'],
    ['Brief @Łukasz Żak', 'Brief', 'łukasz', '', ''],
    ['Brief @zoe', 'Brief', 'zoë', '', ''],
    ['Ask @美咲 tomorrow', 'Ask', 'misaki', '', '2026-11-26'],
    ['@美咲に電話 tomorrow', 'に電話', 'misaki', '', '2026-11-26'],
    ['Спросить @Иван', 'Спросить', 'ivan', '', ''],
    ['Ask @مريم tomorrow', 'Ask', 'maryam', '', '2026-11-26'],
    ['Renew #umbrella corp', 'Renew', '', 'umbrella', ''],
    ['Renew #Umbrella Corp tomorrow', 'Renew', '', 'umbrella', '2026-11-26'],
    ['Renew #ÜBER', 'Renew', '', 'über', ''],
    ['Ask @sam and @zoe', 'Ask and', 'sam zoë', '', ''],
    ['Priority #1', 'Priority #1', '', '', ''],
    ['Hire a C# developer', 'Hire a C# developer', '', '', ''],
    ['Ask @nobody-here', 'Ask @nobody-here', '', '', ''],
    ['Mail sam@initech.com', 'Mail sam@initech.com', '', '', ''],
    ['Read "@sam" and "#initech" friday', 'Read "@sam" and "#initech"', '', '', '2026-11-27'],
    ['Send @sam the deck (tomorrow).', 'Send the deck.', 'sam', '', '2026-11-26'],
    ['tomorrow @sam', 'tomorrow', 'sam', '', ''],
    ['@sam', '@sam', '', '', ''],
    ['#initech friday', 'friday', '', 'initech', ''],
  ]
  for (const [line, content, people, records, due] of marked) {
    test(`“${line}” names the people and records it marks`, () => {
      const understood = understand(line, at)
      assert.equal(understood.content, content)
      assert.equal(understood.assignees.map(({ value }) => value).join(' '), people)
      assert.equal(understood.records.map(({ value }) => value).join(' '), records)
      assert.equal(understood.due?.date ?? '', due)
    })
  }

  test('a name that fits two people stays in the text and is reported', () => {
    const { content, assignees, unclear } = understandTask('Call @alex', {
      ...at,
      ...names,
      kept: [],
      people: [named('one', 'Alex Ray'), named('two', 'Alex Stone')],
    })
    assert.equal(content, 'Call @alex')
    assert.deepEqual(assignees, [])
    assert.deepEqual(unclear, [{ from: 5, to: 10, kind: 'person' }])
  })

  const withoutMatch = [
    ['Call @sam about #umbrella', '@sam person, #umbrella record'],
    ['Ask (@Søren) and #株式会社、please', '@Søren person, #株式会社 record'],
    ['Ask @sam-lee’s team.', '@sam-lee’s person'],
    ['Fix #1 at @7pm for sam@x.example, @s', ''],
    ['Quote “@sam” and keep #later', ''],
    ['Tell @Ada', ''],
  ] as const
  for (const [line, expected] of withoutMatch) {
    test(`“${line}” ${expected === '' ? 'has no mark' : `keeps ${expected}`} without a match`, () => {
      const { content, unmatched } = understandTask(line, {
        ...at,
        kept: ['#later'],
        people: [named('ada', 'Ada Byron')],
        records: [],
      })
      assert.equal(content, line.replace('Tell @Ada', 'Tell'))
      assert.equal(
        unmatched.map(({ from, to, kind }) => `${line.slice(from, to)} ${kind}`).join(', '),
        expected,
      )
    })
  }

  test('a phrase that the person turned back into text stays text', () => {
    const line = 'Send Friday notes tomorrow'
    const keep = (...kept: readonly string[]) => understandTask(line, { ...at, ...names, kept })
    assert.deepEqual(dueOf(keep()), ['2026-11-26', ''])
    assert.deepEqual(dueOf(keep('tomorrow')), ['2026-11-27', ''])
    assert.equal(keep('tomorrow', 'Friday').due, undefined)
    assert.equal(keep('tomorrow', 'Friday').content, line)
  })

  test('an e-mail address and a domain are found and stay in the text', () => {
    const { content, contacts } = understand('Email ada@Initech.com about www.umbrella.co.uk', at)
    assert.equal(content, 'Email ada@Initech.com about www.umbrella.co.uk')
    assert.deepEqual(
      contacts.map(({ kind, value }) => `${kind} ${value}`),
      ['email ada@initech.com', 'domain umbrella.co.uk'],
    )
  })

  test('file and product names are not domains', () => {
    const { contacts } = understand('Send report.pdf and update Node.js to v26.1', at)
    assert.deepEqual(contacts, [])
  })

  test('pasted lines become one task each, without bullets and numbers', () => {
    const pasted = '- Call Bob\r\n\n2. Send NDA\n[ ] Sign\n• Pay\n \u200b \n'
    assert.deepEqual(taskLines(pasted), ['Call Bob', 'Send NDA', 'Sign', 'Pay'])
  })

  test('a date field accepts a date and nothing else', () => {
    const read = (text: string) => {
      const found = readDate(text, at)
      return found === undefined ? undefined : `${found.date} ${found.time}`.trim()
    }
    assert.equal(read('fri'), '2026-11-27')
    assert.equal(read(' +3 '), '2026-11-28')
    assert.equal(read('15 dec 9am'), '2026-12-15 09:00')
    assert.equal(read('in 2  weeks'), '2026-12-09')
    assert.equal(read('call bob fri'), undefined)
    assert.equal(read(''), undefined)
  })

  test('every line keeps a visible text, and none breaks quick add', () => {
    const words = [
      '1 1 1 1',
      'tomorrow',
      'fri',
      '@sam',
      '#initech',
      '"',
      '“',
      '3pm',
      '9/11',
      'in',
      '+3',
      ' ',
      '.',
      'Ltd',
    ]
    const line = fc.oneof(
      fc.string({ unit: anyCharacter }),
      fc.array(fc.constantFrom(...words), { maxLength: 12 }).map((parts) => parts.join(' ')),
    )
    fc.assert(
      fc.property(line, (text) => {
        const { content, due } = understand(text, at)
        assert.ok(content !== '' || text.trim() === '')
        assert.ok(due === undefined || due.date >= '2026-11-25')
      }),
      { numRuns: 2_000 },
    )
  })
})

const at = { now: instantOf('2026-11-25T10:00', 'Europe/Berlin'), timeZone: 'Europe/Berlin' }

const names = {
  people: [
    named('sam', 'Sam Okafor', 'Sam', 'sam.okafor'),
    named('me', 'me'),
    named('łukasz', 'Łukasz Żak', 'Łukasz'),
    named('zoë', 'Zoë Park', 'Zoë'),
    named('misaki', '山田 美咲', '美咲'),
    named('ivan', 'Иван Петров', 'Иван'),
    named('maryam', 'مريم'),
  ],
  records: [
    named('umbrella', 'Umbrella Corp'),
    named('initech', 'Initech'),
    named('über', 'Über GmbH'),
  ],
}

function understand(
  line: string,
  when: { readonly now: number; readonly timeZone: string },
): UnderstoodTask<string, string> {
  return understandTask(line, { ...when, ...names, kept: [] })
}

function named(value: string, ...spellings: readonly string[]): Named<string> {
  return { value, names: spellings }
}

function dueOf({ due }: UnderstoodTask<string, string>): readonly string[] {
  return due === undefined ? [] : [due.date, due.time]
}

function instantOf(wallClock: string, timeZone: string): number {
  return Temporal.PlainDateTime.from(wallClock).toZonedDateTime(timeZone).epochMilliseconds
}
