import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { ListAddress } from '../../addresses.ts'
import { htmlOf } from '../../kept/byte-places.ts'
import { day, hour, minute, now } from '../../ui/for-tests.ts'
import { keptRows } from './kept-rows.ts'
import { shownRow, type RowSetting } from './shown-row.ts'
import { taskRow, type ShownSetting, type TaskRow } from './task-row.ts'

const query: ListAddress = { view: 'open', whose: 'everyone', page: 1 }

const row: TaskRow = {
  connectionId: 'c1',
  workspaceName: 'Acme',
  taskId: 't1',
  content: 'Call Grace',
  deadlineAt: now + hour,
  isCompleted: false,
  completedAt: null,
  assignees: [{ memberId: 'm1', name: 'Ada Byron' }],
  linkedRecords: [
    { kind: 'person', name: 'Grace', webUrl: 'https://app.attio.com/1', recordId: 'r1' },
  ],
  isPending: false,
  isWritable: true,
}
const setting: RowSetting = {
  reader: { now, timeZone: 'UTC' },
  hues: new Map([['c1', 1]]),
  dates: 'date',
}
const shared: ShownSetting = { isMine: false, returnTo: '/?view=open', query }
const done: TaskRow = { ...row, isCompleted: true, completedAt: now - hour }

type Case = readonly [string, TaskRow, RowSetting, ShownSetting]

/** Each differs from one before it in one thing that a row says. */
const cases: readonly Case[] = [
  ['the row', row, setting, shared],
  ['another task', { ...row, taskId: 't2' }, setting, shared],
  ['another workspace', { ...row, connectionId: 'c2' }, setting, shared],
  ['another name of the workspace', { ...row, workspaceName: 'Globex' }, setting, shared],
  ['another text', { ...row, content: 'Call Ada' }, setting, shared],
  ['no text', { ...row, content: ' ' }, setting, shared],
  ['another deadline', { ...row, deadlineAt: now + 2 * hour }, setting, shared],
  ['no deadline', { ...row, deadlineAt: null }, setting, shared],
  ['completed', done, setting, shared],
  ['completed at another time', { ...done, completedAt: now - 2 * hour }, setting, shared],
  ['completed at an unknown time', { ...done, completedAt: null }, setting, shared],
  ['no assignee', { ...row, assignees: [] }, setting, shared],
  [
    'another assignee',
    { ...row, assignees: [{ memberId: 'm2', name: 'Ada Byron' }] },
    setting,
    shared,
  ],
  [
    'a renamed assignee',
    { ...row, assignees: [{ memberId: 'm1', name: 'Ada King' }] },
    setting,
    shared,
  ],
  ['no record', { ...row, linkedRecords: [] }, setting, shared],
  ...(
    [
      { kind: 'company' },
      { name: 'Ada' },
      { name: undefined },
      { webUrl: 'https://app.attio.com/2' },
      { webUrl: null },
      { recordId: 'r2' },
    ] as const
  ).map((changed): Case => [
    `a record with ${JSON.stringify(changed)}`,
    { ...row, linkedRecords: row.linkedRecords.map((record) => ({ ...record, ...changed })) },
    setting,
    shared,
  ]),
  ['a pending change', { ...row, isPending: true }, setting, shared],
  ['a workspace that may only be read', { ...row, isWritable: false }, setting, shared],
  ['a minute later', row, { ...setting, reader: { now: now + minute, timeZone: 'UTC' } }, shared],
  ['late', row, { ...setting, reader: { now: now + 2 * hour, timeZone: 'UTC' } }, shared],
  ['a day later', row, { ...setting, reader: { now: now + day, timeZone: 'UTC' } }, shared],
  ['a year later', row, { ...setting, reader: { now: now + 400 * day, timeZone: 'UTC' } }, shared],
  [
    'completed, a day later',
    done,
    { ...setting, reader: { now: now + day, timeZone: 'UTC' } },
    shared,
  ],
  ['the row again', row, setting, shared],
  ['in Tokyo', row, { ...setting, reader: { now, timeZone: 'Asia/Tokyo' } }, shared],
  ['completed, in Tokyo', done, { ...setting, reader: { now, timeZone: 'Asia/Tokyo' } }, shared],
  ['times alone', row, { ...setting, dates: 'time' }, shared],
  ['another colour', row, { ...setting, hues: new Map([['c1', 2]]) }, shared],
  ['one workspace', row, { ...setting, hues: undefined }, shared],
  ['a list of one’s own tasks', row, setting, { ...shared, isMine: true }],
  ['another page to return to', row, setting, { ...shared, returnTo: '/?view=done' }],
  ['no buttons', row, setting, { ...shared, returnTo: undefined }],
  ['another view', row, setting, { ...shared, query: { ...query, view: 'today' } }],
  ['another filter', row, setting, { ...shared, query: { ...query, whose: 'mine' } }],
  ['a workspace', row, setting, { ...shared, query: { ...query, workspace: 'c1' } }],
  ['a member', row, setting, { ...shared, query: { ...query, member: 'm9' } }],
  ['a search', row, setting, { ...shared, query: { ...query, text: 'grace' } }],
  ['a search for a member', row, setting, { ...shared, query: { ...query, text: 'ada' } }],
]

suite('kept rows', () => {
  test('a kept row equals a row that is rendered anew from the same task, reader and list', () => {
    // Twice, so that each is looked for among all others.
    for (const [what, task, of, list] of [...cases, ...cases]) {
      const kept = keptRows([task], of, list, 'list')
      assert.equal(String(htmlOf(kept)), String(taskRow(shownRow(task, of), list)), what)
    }
  })

  test('every case says something else than the first', () => {
    const [first = '', ...others] = cases.map(([, task, of, list]) =>
      String(taskRow(shownRow(task, of), list)),
    )
    const same = others.flatMap((text, at) => (text === first ? [cases[at + 1]?.[0]] : []))
    assert.deepEqual(same, ['a minute later', 'the row again'])
  })

  test('a row that was shown before is not rendered again', () => {
    const [before] = keptRows([row], setting, shared, 'list')
    const [again] = keptRows([row], { ...setting }, { ...shared }, 'list')
    assert.equal(again, before)
    const [elsewhere] = keptRows([row], setting, { ...shared, returnTo: '/?view=done' }, 'list')
    assert.equal(elsewhere, before)
  })

  test('two lists of one page keep their rows beside each other', () => {
    const [before] = keptRows([row], setting, shared, 'one')
    keptRows([{ ...row, taskId: 't2' }], setting, shared, 'other')
    assert.equal(keptRows([row], setting, shared, 'one')[0], before)
  })
})
