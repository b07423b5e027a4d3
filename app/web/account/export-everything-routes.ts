// POST /settings/export/everything.json: exports everything that Taskr holds about a person.
import type { Session } from '../../accounts/accounts.ts'
import { paths } from '../addresses.ts'
import type { Deadline } from '../../tasks/tasks.ts'
import { exportedDeadline } from '../tasks/exported-deadline.ts'
import { jsonPieces } from '../json-pieces.ts'
import { signedIn } from '../pages.ts'
import { readForm } from '../read-form.ts'
import type { Route } from '../routes.ts'
import type { RouteParts, WebContext } from '../web-parts.ts'

export const exportEverythingRoutes: readonly Route[] = [
  ['POST', paths.everythingExport, exportEverything],
]

async function exportEverything(parts: RouteParts, context: WebContext): Promise<Response> {
  const session = signedIn(context)
  await readForm(context, {})
  return await parts.downloads(context, session, {
    fileName: 'taskr-everything.json',
    contentType: 'application/json; charset=utf-8',
    pieces: () => everythingOf(parts, session),
  })
}

async function* everythingOf(parts: RouteParts, session: Session): AsyncGenerator<string, void> {
  const { changes, connections, tasks } = parts
  const { accountId, timeZone } = session
  const { account, events, ...own } = await parts.accounts.exportAccount(session)
  yield* jsonPieces([
    ['account', account],
    ['secondFactor', own.secondFactor],
    ['passkeys', own.passkeys],
    ['unfinishedSignIns', own.unfinishedSignIns],
    ['mailedLinks', own.mailedLinks],
    ['sessions', own.sessions],
    ['singleSignOn', own.singleSignOn],
    ['events', events],
    ['waitingMail', await parts.mail.listWaiting(accountId)],
    [
      'connections',
      (await parts.sync.listConnections(accountId)).map((one) => ({ ...one, accountId })),
    ],
    ['seats', await parts.seats.listAll(accountId)],
    ['revocations', await connections.listRevocations(accountId)],
    ['tasks', mapped(tasks.listAll(session), (task) => dated(task, timeZone))],
    [
      'changes',
      mapped(changes.listAll(accountId), ({ wanted, ...change }) => ({
        ...change,
        wanted: dated(wanted, timeZone),
      })),
    ],
  ])
}

async function* mapped<From, To>(
  pieces: AsyncIterable<readonly From[]>,
  map: (value: From) => To,
): AsyncGenerator<readonly To[], void> {
  for await (const piece of pieces) yield piece.map(map)
}

function dated<Value extends { readonly deadlineAt?: Deadline | null }>(
  value: Value,
  timeZone: string,
) {
  const { deadlineAt } = value
  return deadlineAt === undefined
    ? value
    : { ...value, deadlineAt: exportedDeadline(deadlineAt, timeZone) }
}
