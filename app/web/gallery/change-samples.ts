// Samples of changing tasks: a pending change, a refused one, an undo, and a task's page.
import type { ChangeInList } from '../../tasks/changes.ts'
import { asMemberId } from '../../support/ids.ts'
import { waitingPage, type WaitingRow } from '../tasks/waiting/waiting-page.ts'
import { taskPage, type TaskDetails, type TaskPage } from '../tasks/card/task.ts'
import type { FailedChange } from '../tasks/views/failed-changes.ts'
import type { RecordChoice, RecordSearch } from '../tasks/card/task-records.ts'
import { changeKinds, type ChangeToast } from '../ui/change-toast.ts'
import { html } from '../ui/html.ts'
import { day, hour, inApp, minute, now, type Sample, type Setting } from './sample.ts'

export function failedChangeSamples({ say }: Setting): readonly FailedChange[] {
  const failed = (
    changeId: string,
    change: Pick<ChangeInList, 'kind' | 'wanted' | 'problem'>,
    content = 'Prepare the renewal for Umbrella',
  ): FailedChange => ({ changeId, content: say(content), missingScopes: [], ...change })
  const update = { kind: 'update' } as const
  return [
    failed('1', {
      ...update,
      wanted: { deadlineAt: now + day },
      problem: { kind: 'conflict', fields: ['deadlineAt'] },
    }),
    {
      ...failed('2', {
        ...update,
        wanted: { isCompleted: true },
        problem: { kind: 'forbidden', said: say('Missing scope.') },
      }),
      missingScopes: ['task:read-write'],
    },
    failed('3', {
      kind: 'replace',
      wanted: { content: say('Prepare the call') },
      problem: { kind: 'left-twin', said: say('Something <b>odd</b> happened.') },
    }),
    failed('4', { kind: 'delete', wanted: {}, problem: { kind: 'gone' } }),
    failed('5', {
      kind: 'create',
      wanted: { content: say('Call Marta') },
      problem: { kind: 'ambiguous', candidates: 2 },
    }),
    failed(
      '6',
      {
        ...update,
        wanted: { assigneeIds: [asMemberId('jo')], linkedRecords: [] },
        problem: { kind: 'refused', status: 400, said: say('An invalid value was passed.') },
      },
      'A text that is much longer than anybody would want to read in a box like this one, and then some more of it',
    ),
  ]
}

export function changeToasts({ say }: Setting): readonly ChangeToast[] {
  const content = say('Prepare the renewal for Umbrella')
  return [
    ...changeKinds.map((what) => ({
      kind: 'changed' as const,
      what,
      content,
      changeId: '1',
      ...(what === 're-dated' || what === 'added' ? { detail: 'tomorrow' } : {}),
      ...(what === 'linked' || what === 'unlinked' ? { detail: say('Umbrella') } : {}),
    })),
    { kind: 'undone' },
    { kind: 'undoing' },
    { kind: 'undo-too-late' },
    { kind: 'unchanged' },
    { kind: 'sent-again' },
    { kind: 'discarded' },
    { kind: 'no-longer-refused' },
    ...(
      ['no-such-task', 'too-many-open', 'read-only', 'needs-reconnect', 'unknown-member'] as const
    ).map((refusal) => ({ kind: 'not-changed' as const, refusal })),
    { kind: 'not-changed', refusal: 'changed-since', by: { name: say('Lin Chen') } },
  ]
}

export function waitingSamples(setting: Setting): readonly Sample[] {
  const frame = inApp(setting)
  const change = { content: setting.say('Prepare the renewal'), createdAt: now - minute }
  const waits: readonly WaitingRow['waits'][] = [
    { kind: 'being-sent' },
    { kind: 'undoable', until: now + minute },
    { kind: 'again', at: now + 2 * minute },
    { kind: 'behind-another' },
    { kind: 'reconnect' },
    { kind: 'next' },
  ]
  const changes = waits.map((one, at): WaitingRow => ({
    ...change,
    changeId: String(at),
    kind: at === 1 ? 'delete' : 'update',
    wanted: at === 1 ? {} : { isCompleted: true },
    waits: one,
  }))
  return [
    { name: 'waiting', page: waitingPage({ frame, changes }) },
    { name: 'waiting-none', page: waitingPage({ frame, changes: [] }) },
  ]
}

export function taskPageSamples(setting: Setting): readonly Sample[] {
  const { say } = setting
  const task: TaskDetails = {
    connectionId: 'acme',
    workspaceName: say('Acme Robotics'),
    taskId: 'one',
    content: say('Prepare the renewal for Umbrella: usage, seats, what they asked for in June'),
    deadlineAt: now + 2 * hour,
    isCompleted: false,
    isWritable: true,
    assignees: [{ memberId: 'jo', name: say('Jo Doe') }],
    linkedRecords: [
      {
        kind: 'company',
        name: say('Umbrella'),
        webUrl: 'https://app.attio.com/acme/company/1',
        targetObject: 'companies',
        recordId: 'umbrella',
      },
      { kind: 'deal', name: undefined, targetObject: 'deals', recordId: 'renewal' },
    ],
    createdAt: now - 11 * day,
    createdBy: say('Ada Park'),
  }
  const page = (name: string, changes: Partial<TaskPage>): Sample => ({
    name: `task-${name}`,
    page: taskPage({
      frame: { ...inApp(setting), address: '/tasks/acme/one' },
      from: '/?view=today',
      task,
      deadline: deadlineFields,
      members: membersOf(setting),
      search: { kind: 'none' },
      failed: [],
      history: historyOf(setting),
      attioAddress: 'https://app.attio.com/acme/tasks',
      ...changes,
    }),
  })
  return [
    page('open', {}),
    page('completed-pending', {
      task: {
        ...task,
        isCompleted: true,
        completedAt: now - minute,
        isPending: true,
        deadlineAt: now - 3 * day,
      },
    }),
    page('bare', {
      task: { ...task, content: '', deadlineAt: null, assignees: [], linkedRecords: [] },
      deadline: { ...deadlineFields, date: '', time: '' },
      members: [],
    }),
    page('found', { search: found(setting) }),
    page('many-members', { memberSearch: say('Park') }),
    page('no-member-found', { members: [], memberSearch: say('Park') }),
    page('found-nothing', { search: { kind: 'found', query: say('nobody'), records: [] } }),
    ...(['no-answer', 'forbidden', 'needs-reconnect'] as const).map((why) =>
      page(`search-${why}`, { search: { kind: 'failed', query: say('umbrella'), why } }),
    ),
    page('date-refused', {
      deadline: {
        ...deadlineFields,
        date: '',
        problem: 'A time needs a day.',
      },
    }),
    page('text-refused', {
      refusedText: {
        content: say('x'.repeat(300)),
        problem: 'Too long: Attio allows 2,000 characters.',
      },
    }),
    page('note', { note: { records: task.linkedRecords } }),
    page('note-on-one-record', { note: { records: task.linkedRecords.slice(0, 1) } }),
    page('note-refused', {
      note: {
        records: task.linkedRecords,
        refused: {
          text: say('They take it. '.repeat(40)),
          recordId: task.linkedRecords[1]?.recordId ?? '',
          problem: 'That record is no longer linked to this task. Choose another.',
        },
      },
    }),
    page('change-refused', { failed: failedChangeSamples(setting).slice(0, 1) }),
    page('read-only', {
      history: [],
      task: { ...task, isWritable: false },
      locked: html`Read-only: “Tasks: Read-write” is missing in Attio’s dashboard.
        <a href="/connections/acme">What to do</a>`,
    }),
  ]
}

function historyOf({ say }: Setting): TaskPage['history'] {
  const by = { kind: 'you' } as const
  const event = { kind: 'update', content: say('Prepare the renewal'), by } as const
  const colleague = {
    kind: 'colleague',
    name: say('Jean-Luc de la Montagne-Sainte-Geneviève'),
  } as const
  return [
    { ...event, wanted: { deadlineAt: now + 2 * hour }, status: 'sent', createdAt: now - minute },
    { ...event, wanted: { assigneeIds: [] }, status: 'failed', createdAt: now - 2 * hour },
    { ...event, wanted: { isCompleted: true }, status: 'withdrawn', createdAt: now - day },
    {
      ...event,
      by: colleague,
      wanted: { isCompleted: false },
      status: 'done',
      createdAt: now - 3 * day,
    },
  ]
}

const deadlineFields = {
  date: '2026-11-23',
  time: '11:41',
  quick: [
    { date: '2026-11-23', label: 'Today', day: 'Mon 23 Nov' },
    { date: '2026-11-24', label: 'Tomorrow', day: 'Tue 24 Nov' },
    { date: '2026-11-30', label: 'Next Monday', day: 'Mon 30 Nov' },
  ],
}

function membersOf({ say }: Setting) {
  const names = [
    'Ada Park',
    'Jo Doe',
    'Lin Chen',
    'Jean-Luc de la Montagne-Sainte-Geneviève',
    'علي',
  ]
  return names.map((name) => ({
    memberId: name === 'Jo Doe' ? 'jo' : name,
    name: say(name),
    isAssigned: name === 'Jo Doe',
    isMe: name === 'Jo Doe',
  }))
}

function found({ say }: Setting): RecordSearch {
  const record = (kind: RecordChoice['kind'], name: string | undefined, recordId: string) => ({
    kind,
    name: name === undefined ? undefined : say(name),
    targetObject: 'companies',
    recordId,
    isLinked: recordId === 'umbrella',
  })
  return {
    kind: 'found',
    query: say('umbrella'),
    records: [
      record('company', 'Umbrella', 'umbrella'),
      record('person', 'Albert Wesker', '2'),
      record('deal', 'Umbrella renewal of the year 2026 with everything that belongs to it', '3'),
      record('record', undefined, '4'),
    ],
  }
}
