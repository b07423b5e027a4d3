// The picture on the landing page: a task list of fictional people, rendered with the real rows. The script lets people press
// keys in it.
import { shownRow, type DateStyle } from '../../tasks/views/shown-row.ts'
import {
  recordIconSheet,
  taskRow,
  type ShownSetting,
  type TaskRow,
} from '../../tasks/views/task-row.ts'
import { workspaceHues } from '../../ui/hue.ts'
import { html, type Html } from '../../ui/html.ts'
import { todayInWords, type PageReader } from '../../ui/words.ts'

/** Rows without buttons and links. */
const still: ShownSetting = { isMine: false, returnTo: undefined, query: undefined }

export function picture(now: number): Html {
  const reader = { now, timeZone: 'UTC' }
  const group = (title: string, dates: DateStyle, tasks: readonly TaskRow[]) =>
    html`<div class="group">
      <p class="title" ${dates === 'age' ? html`data-late` : ''}>
        ${title} <span>${tasks.length}</span>
      </p>
      <ol>
        ${tasks.map((task) =>
          taskRow(shownRow(task, { reader, hues: workspaceHues(tasks), dates }), still),
        )}
      </ol>
    </div>`
  return html`<div data-demo>
    <div
      class="picture"
      role="group"
      aria-label="A list to try: j and k move, e completes, z undoes"
      aria-hidden="true"
      inert
    >
      ${recordIconSheet()} ${group('Overdue', 'age', lateTasks(reader))}
      ${group(`Today, ${todayInWords(reader)}`, 'time', todaysTasks(reader))}
      ${group('Upcoming', 'date', comingTasks(reader))}
    </div>
    <p class="try" hidden>
      Try it: click the list, then press <kbd>j</kbd> <kbd>k</kbd> to move, <kbd>e</kbd> to
      complete, <kbd>z</kbd> to undo.
    </p>
  </div>`
}

const jo = { memberId: 'jo', name: 'Jo Doe' }
const ada = { memberId: 'member-ada-p', name: 'Ada Park' }
const acme = { connectionId: 'acme', workspaceName: 'Acme Robotics' }
const globex = { connectionId: 'globe', workspaceName: 'Globex' }

function lateTasks(reader: PageReader): readonly TaskRow[] {
  return [
    {
      ...acme,
      taskId: 'picture-1',
      content: 'Call back about the pilot in Lyon',
      deadlineAt: dayFromToday(reader, -3),
      isCompleted: false,
      assignees: [jo],
      linkedRecords: [{ kind: 'person', name: 'Marta Silva' }],
    },
    {
      ...globex,
      taskId: 'picture-2',
      content: 'Return the signed NDA',
      deadlineAt: dayFromToday(reader, -1),
      isCompleted: false,
      assignees: [jo],
      linkedRecords: [{ kind: 'company', name: 'Hooli' }],
    },
  ]
}

function todaysTasks(reader: PageReader): readonly TaskRow[] {
  const today = dayFromToday(reader, 0)
  return [
    {
      ...acme,
      taskId: 'picture-3',
      content: 'Prepare the renewal call',
      deadlineAt: today,
      isCompleted: false,
      assignees: [jo, ada],
      linkedRecords: [{ kind: 'deal', name: 'Umbrella renewal' }],
    },
    {
      ...globex,
      taskId: 'picture-4',
      content: 'Send the security questionnaire',
      deadlineAt: today,
      isCompleted: true,
      assignees: [jo],
      linkedRecords: [{ kind: 'company', name: 'Soylent' }],
    },
    {
      ...acme,
      taskId: 'picture-5',
      content: 'Introduce Sam to the team',
      deadlineAt: today,
      isCompleted: false,
      assignees: [ada],
      linkedRecords: [{ kind: 'person', name: 'Sam Okafor' }],
    },
  ]
}

function comingTasks(reader: PageReader): readonly TaskRow[] {
  return [
    {
      ...globex,
      taskId: 'picture-6',
      content: 'Follow up on the trial',
      deadlineAt: dayFromToday(reader, 1),
      isCompleted: false,
      assignees: [jo],
      linkedRecords: [{ kind: 'company', name: 'Initech' }],
    },
    {
      ...acme,
      taskId: 'picture-7',
      content: 'Ask Lin for the updated deck',
      deadlineAt: dayFromToday(reader, 3),
      isCompleted: false,
      assignees: [ada],
      linkedRecords: [{ kind: 'person', name: 'Lin Chen' }],
    },
  ]
}

/** Returns the last second of a day, which means the day without a time. */
function dayFromToday(reader: PageReader, days: number): number {
  return (
    Temporal.Instant.fromEpochMilliseconds(reader.now)
      .toZonedDateTimeISO(reader.timeZone)
      .toPlainDate()
      .add({ days: days + 1 })
      .toZonedDateTime(reader.timeZone).epochMilliseconds - 1_000
  )
}
