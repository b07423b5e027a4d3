// Sample tasks: an ordinary Monday, and extreme cases for the layout of a row.
import type { GroupRows } from '../tasks/views/task-group.ts'
import type { LinkedRecord, TaskRow } from '../tasks/views/task-row.ts'
import { day, hour, minute, now, type Setting } from './sample.ts'

const web = 'https://app.attio.com/acme'
const midnight = now - 9 * hour - 41 * minute
/** A deadline in the last second of a day is that day without a time. */
const lastSecond = midnight + day - 1_000

export function groupsOfTheDay(setting: Setting): readonly GroupRows[] {
  const row = rowMaker(setting)
  const { person, company, deal } = recordMakers(setting)
  return [
    {
      kind: 'overdue',
      total: 3,
      tasks: [
        row('Call back about the pilot in Lyon', lastSecond - 3 * day, [person('Marta Silva')]),
        row('Return the signed NDA', lastSecond - 2 * day, [company('Hooli')], {
          connectionId: 'globe',
        }),
        row('Check why the invoice was refused', lastSecond - day, [company('Initech')]),
      ],
    },
    {
      kind: 'today',
      total: 5,
      tasks: [
        row('Write to the landlord before the office opens', midnight + 8.5 * hour, []),
        row(
          'Prepare the renewal for Umbrella: usage, seats, what they asked for in June and what we promised',
          midnight + 10.5 * hour,
          [deal('Umbrella renewal')],
        ),
        row('Introduce Sam to the solutions team', midnight + 12 * hour, [person('Sam Okafor')], {
          assignees: [jo(setting), ada(setting)],
        }),
        row('Review the call notes', lastSecond, [person('Priya Nair'), company('Soylent')], {
          assignees: [ada(setting)],
          connectionId: 'umbrella',
        }),
        row('Book the room for the quarterly', lastSecond, []),
      ],
    },
    {
      kind: 'upcoming',
      total: 214,
      tasks: [
        row('Follow up on the trial', midnight + day + 15 * hour, [company('Soylent')]),
        row('Ask Lin for the updated deck', lastSecond + day, [person('Lin Chen')], {
          assignees: [lin(setting)],
        }),
        row('Plan the offsite', lastSecond + 9 * day, []),
        row('Renew the certificate', lastSecond + 60 * day, [company('Globex')]),
      ],
    },
    {
      kind: 'no-date',
      total: 2,
      tasks: [
        row('Think about the pricing page', null, [], { assignees: [] }),
        row('Read the security review', null, [{ kind: 'record', webUrl: `${web}/custom/1` }]),
      ],
    },
  ]
}

/** The home page of a person who fell behind. */
export function groupsOfToday(setting: Setting): readonly GroupRows[] {
  const row = rowMaker(setting)
  const { person, company, deal } = recordMakers(setting)
  const ordinary = groupsOfTheDay(setting)
  return [
    {
      kind: 'overdue',
      total: 26,
      tasks: [
        row('Archive the old price list', midnight - 400 * day, []),
        row('Ask Hooli who signs', midnight - 38 * day, [company('Hooli')]),
        row('Send the offer for the second site', midnight - 9 * day, [deal('Second site')], {
          assignees: [jo(setting), ada(setting), lin(setting)],
        }),
        row('Call back about the pilot in Lyon', midnight - 3 * day, [person('Marta Silva')], {
          connectionId: 'globe',
        }),
        row('Check why the invoice was refused', midnight - day, [company('Initech')]),
      ],
    },
    ...ordinary.filter(({ kind }) => kind === 'today'),
    {
      kind: 'tomorrow',
      total: 3,
      tasks: [
        row('Follow up on the trial', midnight + day + 15 * hour, [company('Soylent')]),
        row('Ask Lin for the updated deck', midnight + day, [person('Lin Chen')]),
        row('Water the plants', midnight + day, []),
      ],
    },
  ]
}

export function strangeTasks(setting: Setting): GroupRows {
  const row = rowMaker(setting)
  const { company, person } = recordMakers(setting)
  const tasks = [
    row('<script>document.title = "owned"</script> & <b>bold</b> "quoted"', lastSecond, [
      company('<img src=x onerror=alert(1)>'),
      { kind: 'person', name: 'A link that is none', webUrl: 'javascript:alert(1)' },
    ]),
    row('اتصل بالعميل بخصوص العقد الجديد قبل نهاية الأسبوع', lastSecond, [person('ليلى حداد')]),
    row('👩‍👩‍👧‍👦 Plan the family day 🎉 with 日本のチーム and équipe française', lastSecond, [
      company('株式会社サンプル'),
    ]),
    row('Donaudampfschifffahrtsgesellschaftskapitän'.repeat(6), lastSecond, [
      company('Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz'),
    ]),
    row(
      'So long that nobody will ever read all of it, which is no reason to break. '.repeat(12),
      lastSecond,
      [
        company('A'.repeat(200)),
        person('Marta Silva'),
        company('Hooli'),
        company('Initech'),
        person('Sam Okafor'),
      ],
    ),
    row('', lastSecond + 400 * day, [], {
      assignees: ['علي', '👩‍🚀 Mae', 'Jean-Luc', 'x', '  '].map((name, index) => ({
        memberId: `m${index}`,
        name: setting.say(name),
      })),
    }),
    row('Two\nlines and   spaces', null, []),
  ]
  return { kind: 'today', total: tasks.length, tasks }
}

function rowMaker(setting: Setting) {
  let made = 0
  return (
    content: string,
    deadlineAt: number | null,
    linkedRecords: readonly LinkedRecord[],
    changes: Partial<TaskRow> = {},
  ): TaskRow => ({
    connectionId: 'acme',
    workspaceName: setting.say(workspaceNames[changes.connectionId ?? 'acme'] ?? 'Acme Robotics'),
    taskId: `${String(content.length)}-${String((made += 1))}`,
    content: setting.say(content),
    deadlineAt,
    isCompleted: false,
    isWritable: true,
    assignees: [jo(setting)],
    linkedRecords,
    ...changes,
  })
}

const workspaceNames: Readonly<Record<string, string>> = {
  acme: 'Acme Robotics',
  globe: 'Globex',
  umbrella: 'The Very Long Holding Company of Southern Patagonia',
}

function recordMakers({ say }: Setting) {
  const maker =
    (kind: LinkedRecord['kind']) =>
    (name: string): LinkedRecord => ({ kind, name: say(name), webUrl: `${web}/${kind}/1` })
  return { person: maker('person'), company: maker('company'), deal: maker('deal') }
}

const jo = ({ say }: Setting) => ({ memberId: 'jo', name: say('Jo Doe') })
const ada = ({ say }: Setting) => ({ memberId: 'member-ada-p', name: say('Ada Park') })
const lin = ({ say }: Setting) => ({ memberId: 'member-lin', name: say('Lin Chen') })
