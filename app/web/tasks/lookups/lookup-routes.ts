// Serves JSON for editing a task in place: dates in words, members, records.
import { z } from 'zod'
import { asConnectionId, asMemberId, type ConnectionId } from '../../../support/ids.ts'
import { deadlineOf, readDate } from '../../../tasks/tasks.ts'
import { answerJson } from '../../answer-json.ts'
import { paths, recordTasksAddress, taskListAddress } from '../../addresses.ts'
import { signedIn } from '../../pages.ts'
import { Problem } from '../../problem.ts'
import { queryValue } from '../../read-query.ts'
import { valueInPath } from '../../request-path.ts'
import type { Route } from '../../routes.ts'
import { personHue } from '../../ui/hue.ts'
import { initialsOf } from '../../ui/avatar.ts'
import { deadlineInWords } from '../../ui/words.ts'
import type { RouteParts, WebContext } from '../../web-parts.ts'
import { recordKindOf } from '../task-rows.ts'

export const lookupRoutes: readonly Route[] = [
  ['GET', paths.dateLookup, findDate],
  ['GET', paths.nameLookup, findNames],
  ['GET', paths.memberLookup, findMembers],
  ['GET', paths.recordLookup, findRecords],
]

function findDate({ clock }: RouteParts, context: WebContext): Response {
  const { timeZone } = signedIn(context)
  const now = clock.now()
  const found = readDate(textOf(context), { now, timeZone })
  const deadlineAt = found && deadlineOf(found, timeZone)
  if (found === undefined || deadlineAt === undefined || deadlineAt === null) {
    return answerJson(context, { kind: 'none' })
  }
  const { text, full, isLate } = deadlineInWords(deadlineAt, { now, timeZone })
  const { date, time } = found
  return answerJson(context, { kind: 'date', date, time, text, full, isLate })
}

/** Tells by its workspace where a name comes from, when the person has several, or else by its kind. */
async function findNames({ sync, tasks }: RouteParts, context: WebContext): Promise<Response> {
  const { accountId } = signedIn(context)
  const connections = await sync.listConnections(accountId)
  const { members, records } = await tasks.suggestNames(connections, textOf(context))
  const workspaceOf = (connectionId: ConnectionId): string | undefined =>
    connections.length < 2
      ? undefined
      : connections.find((one) => one.connectionId === connectionId)?.workspaceName
  return answerJson(context, {
    names: [
      ...members.map(({ connectionId, memberId, name }) => ({
        name,
        kind: workspaceOf(connectionId) ?? 'member',
        address: taskListAddress({ view: 'open', whose: 'everyone', member: memberId, page: 1 }),
      })),
      ...records.map(({ connectionId, recordId, targetObject, name }) => ({
        name,
        kind: workspaceOf(connectionId) ?? recordKindOf(targetObject),
        address: recordTasksAddress(recordId),
      })),
    ],
  })
}

async function findMembers({ tasks }: RouteParts, context: WebContext): Promise<Response> {
  const query = { text: textOf(context), always: idsOf(context).map(asMemberId) }
  const found = await tasks.listAssignable(ownerOf(context), query)
  if (found === undefined) throw new Problem({ kind: 'not-found' })
  return answerJson(context, {
    isWhole: found.isWhole,
    members: found.members.map(({ memberId, name, emailAddress, isMe }) => ({
      memberId,
      name,
      emailAddress,
      isMe,
      initials: initialsOf(name),
      hue: personHue(name),
    })),
  })
}

const sources = z.enum(['mirror', 'attio']).default('mirror')

async function findRecords({ tasks }: RouteParts, context: WebContext): Promise<Response> {
  const owner = ownerOf(context)
  const text = textOf(context).trim()
  const source = sources.safeParse(queryValue(context, 'source'))
  if (!source.success) throw new Problem({ kind: 'bad-request' })
  const found =
    source.data === 'mirror'
      ? await tasks.suggestRecords(owner, text)
      : await tasks.findRecords(owner, text)
  if (found.kind !== 'found') return answerJson(context, { kind: found.kind, records: [] })
  const records = found.records.map(({ targetObject, recordId, name }) => ({
    targetObject,
    recordId,
    name,
    kind: recordKindOf(targetObject),
  }))
  return answerJson(context, { kind: 'found', records })
}

function ownerOf(context: WebContext) {
  const { accountId } = signedIn(context)
  return { accountId, connectionId: asConnectionId(valueInPath(context, 'connectionId')) }
}

/** Longer than any date in words and any name that people search for. */
const longestText = 200

function textOf(context: WebContext): string {
  const text = queryValue(context, 'text') ?? ''
  if (text.length > longestText) throw new Problem({ kind: 'bad-request' })
  return text
}

const mostIds = 200

/** Returns the IDs of members who are already assigned, separated by spaces. */
function idsOf(context: WebContext): readonly string[] {
  const ids = queryValue(context, 'ids') ?? ''
  return ids
    .split(' ')
    .filter((id) => id !== '')
    .slice(0, mostIds)
}
