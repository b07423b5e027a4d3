// Reads the data of a task's page.
import { mayNote, type TaskReference } from '../../tasks/changes.ts'
import { missingForWriting } from '../../connections/connections.ts'
import type { Session } from '../../accounts/accounts.ts'
import { asConnectionId, asTaskId } from '../../support/ids.ts'
import {
  chosenOf,
  otherTimeOf,
  quickDates,
  quickDateText,
  quickDeadline,
} from '../../tasks/tasks.ts'
import type { Assignable, RecordsFound } from '../../tasks/tasks.ts'
import type { ListedConnection } from '../../sync/sync.ts'
import type { FoundTask } from '../../tasks/tasks.ts'
import type { ListedTask } from '../../tasks/tasks.ts'
import { addressOf, connectAddress, paths, taskAddress } from '../addresses.ts'
import { isRefetch } from '../toast-cookie.ts'
import { Problem } from '../problem.ts'
import { valueInPath } from '../request-path.ts'
import { safeReturnTo } from '../return-to.ts'
import { html, type Html } from '../ui/html.ts'
import { dateInWords } from '../ui/words.ts'
import type { RouteParts, WebContext } from '../web-parts.ts'
import { failedChangesOf, isWritable, recordKindOf, recordOf, rowOf } from './task-rows.ts'
import { areMissing } from './views/change-in-words.ts'
import type { NotePart, RefusedNote } from './card/task-note.ts'
import type { RecordSearch } from './card/task-records.ts'
import { taskPage } from './card/task.ts'

export interface TaskPageRequest {
  readonly found: FoundTask<ListedConnection>
  /** The page to return to; for a refused form the page that it would have led to. */
  readonly from: string
  /** The search for records to link. */
  readonly find?: string
  /** The search for members to assign, in a workspace with many. */
  readonly member?: string
  /** The refused form. */
  readonly refused?:
    | {
        readonly kind: 'deadline'
        readonly date: string
        readonly time: string
        readonly problem: string
      }
    | { readonly kind: 'text'; readonly content: string; readonly problem: string }
    | ({ readonly kind: 'note' } & RefusedNote)
}

export function taskNamesOf(context: WebContext, { accountId }: Session): TaskReference {
  return {
    accountId,
    connectionId: asConnectionId(valueInPath(context, 'connectionId')),
    taskId: asTaskId(valueInPath(context, 'taskId')),
  }
}

/** Returns the task that the address names, under its current id. Throws a Problem when the account has no such task. */
export async function getTask(
  { tasks, changes, sync }: RouteParts,
  context: WebContext,
  session: Session,
): Promise<FoundTask<ListedConnection>> {
  const names = taskNamesOf(context, session)
  const { timeZone } = session
  const connections = await sync.listConnections(session.accountId)
  const found =
    (await tasks.find({ ...names, timeZone }, connections)) ??
    (await tasks.find({ ...names, timeZone, taskId: await changes.idNow(names) }, connections))
  if (found === undefined) throw new Problem({ kind: 'not-found' })
  return found
}

export async function taskPageOf(
  parts: RouteParts,
  context: WebContext,
  session: Session,
  { found, from: returnTo, find = '', member = '', refused }: TaskPageRequest,
): Promise<Html> {
  const from = refused === undefined ? returnTo : listBehind(returnTo)
  const { accountId, timeZone } = session
  const { task, connection, connections } = found
  const { connectionId, taskId } = task
  const query = find.trim()
  const mayAsk = query !== '' && isWritable(connection)
  const [frame, open, history, assignable, records] = await Promise.all([
    parts.pages.appFrame(context, session, { connections }),
    parts.changes.listOpen(accountId),
    parts.changes.historyOf({ accountId, connectionId, taskId }),
    parts.tasks.listAssignable(
      { accountId, connectionId },
      { text: member, always: task.assigneeIds },
    ),
    mayAsk
      ? parts.tasks.findRecords({ accountId, connectionId }, query, {
          isRepeat: isRefetch(context),
        })
      : undefined,
  ])
  const ofTask = open.failed.filter((change) => change.taskId === taskId)
  const now = parts.clock.now()
  const chosen = refused?.kind === 'deadline' ? refused : chosenOf(task.deadlineAt, timeZone)
  return taskPage({
    // A refused form is shown at the address that the form was sent to.
    frame: refused === undefined ? frame : { ...frame, address: taskAddress(task, { from }) },
    from,
    task: {
      ...rowOf(task, connections),
      linkedRecords: task.records.map(recordOf),
      createdAt: task.createdAt,
      createdBy: task.creatorName,
    },
    deadline: {
      ...chosen,
      otherTime: otherTimeFor(task, timeZone),
      quick: quickDates.map((value) => ({
        // The date and not the choice, so that after midnight the button still means the day that it shows.
        date: quickDateText(value, now, timeZone),
        label: quickLabels[value],
        day: dayOf(quickDeadline(value, now, timeZone), { now, timeZone }),
      })),
    },
    members: membersOf(task, assignable),
    memberSearch: assignable?.isWhole === false ? member.trim() : undefined,
    search: searchOf(query, records, task),
    refusedText: refused?.kind === 'text' ? refused : undefined,
    note: noteOf(found, refused?.kind === 'note' ? refused : undefined),
    history,
    attioAddress: attioAddressOf(parts, connection),
    failed: failedChangesOf(ofTask, connections),
    locked: isWritable(connection) ? undefined : whyLocked(connection),
  })
}

/** Returns the list behind a page: most forms of a card lead back to the card, whose address names its list. */
function listBehind(returnTo: string): string {
  const { pathname, searchParams } = new URL(returnTo, 'https://taskr.invalid')
  if (!/^\/tasks\/[^/]+\/[^/]+$/.test(pathname)) return returnTo
  return safeReturnTo(searchParams.get('from') ?? undefined) ?? paths.home
}

/** A refused note is shown even where none could be written, so that its text is not lost. */
function noteOf(
  { connection, task }: FoundTask<ListedConnection>,
  refused: RefusedNote | undefined,
): NotePart | undefined {
  const isOffered =
    isWritable(connection) && mayNote(connection) && !task.isCompleted && task.records.length > 0
  if (!isOffered && refused === undefined) return undefined
  return { records: task.records.map(recordOf), refused }
}

function otherTimeFor({ deadlineAt }: ListedTask, timeZone: string) {
  const repeated = otherTimeOf(deadlineAt, timeZone)
  return repeated && (repeated.which === 'first' ? 'second' : 'first')
}

const quickLabels = { today: 'Today', tomorrow: 'Tomorrow', 'next-monday': 'Next Monday' } as const

/** Returns a date such as "Mon 30 Nov", never "today" or "tomorrow". */
function dayOf(deadlineAt: number, reader: { readonly now: number; readonly timeZone: string }) {
  // Seen from long ago, no day is today or tomorrow.
  return dateInWords(deadlineAt, { ...reader, now: deadlineAt - 30 * 86_400_000 })
}

/** assumed: Attio's list of a workspace's tasks has this address; Attio documents none for a single task. */
function attioAddressOf(
  { site }: Pick<RouteParts, 'site'>,
  { workspaceSlug }: Pick<ListedConnection, 'workspaceSlug'>,
): string | undefined {
  if (workspaceSlug === '') return undefined
  return new URL(`/${encodeURIComponent(workspaceSlug)}/tasks`, site.attioOrigin).href
}

function membersOf({ assigneeIds }: ListedTask, assignable: Assignable | undefined) {
  return (assignable?.members ?? []).map(({ memberId, name, isMe }) => ({
    memberId,
    name,
    isAssigned: assigneeIds.includes(memberId),
    isMe,
  }))
}

function searchOf(query: string, found: RecordsFound | undefined, task: ListedTask): RecordSearch {
  if (found === undefined) return { kind: 'none' }
  if (found.kind !== 'found') return { kind: 'failed', query, why: found.kind }
  const linked = new Set(task.linkedRecords.map(({ recordId }) => recordId))
  return {
    kind: 'found',
    query,
    records: found.records.map(({ targetObject, recordId, name }) => ({
      kind: recordKindOf(targetObject),
      name: name === '' ? undefined : name,
      targetObject,
      recordId,
      isLinked: linked.has(recordId),
    })),
  }
}

function whyLocked(listed: ListedConnection): Html {
  const { connectionId, scopes, status } = listed
  if (status === 'needs-reconnect') {
    const connection =
      listed.role === 'seat'
        ? addressOf(paths.connection, { connectionId })
        : connectAddress({ connection: connectionId })
    return html`Taskr lost access to this workspace, so its tasks are read-only.
      <a href="${connection}">${listed.role === 'seat' ? 'Whom to ask' : 'Reconnect'}</a>`
  }
  return html`Read-only: ${areMissing(missingForWriting(scopes))} in Attio’s dashboard.
    <a href="${addressOf(paths.connection, { connectionId })}">What to do</a>`
}
