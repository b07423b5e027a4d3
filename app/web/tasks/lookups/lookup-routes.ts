// Serves JSON for editing a task in place: dates in words, members, records.
import { Hono } from 'hono'
import { z } from 'zod'
import { asConnectionId, asMemberId, type ConnectionId } from '../../../support/ids.ts'
import { deadlineOf, readDate } from '../../../tasks/tasks.ts'
import { answerJson } from '../../answer-json.ts'
import { paths, recordTasksAddress, taskListAddress } from '../../addresses.ts'
import { signedIn } from '../../pages.ts'
import { Problem } from '../../problem.ts'
import { personHue } from '../../ui/hue.ts'
import { initialsOf } from '../../ui/avatar.ts'
import { deadlineInWords } from '../../ui/words.ts'
import type { RouteParts, WebContext, WebEnv } from '../../web-parts.ts'
import { recordKindOf } from '../task-rows.ts'

/** Longer than any date in words and any name that people search for. */
const longestText = 200

export function lookupRoutes(parts: RouteParts) {
  const { clock, tasks } = parts
  const routes = new Hono<WebEnv>()

  routes.get(paths.dateLookup, (context) => {
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
  })

  routes.get(paths.nameLookup, async (context) => {
    const { accountId } = signedIn(context)
    const connections = await parts.sync.listConnections(accountId)
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
  })

  routes.get(paths.memberLookup, async (context) => {
    const { accountId } = signedIn(context)
    const connectionId = connectionOf(context)
    const always = idsOf(context).map(asMemberId)
    const query = { text: textOf(context), always }
    const found = await tasks.listAssignable({ accountId, connectionId }, query)
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
  })

  routes.get(paths.recordLookup, async (context) => {
    const { accountId } = signedIn(context)
    const owner = { accountId, connectionId: connectionOf(context) }
    const text = textOf(context).trim()
    const { success, data: source } = z
      .enum(['mirror', 'attio'])
      .safeParse(new URL(context.req.url).searchParams.get('source') ?? 'mirror')
    if (!success) throw new Problem({ kind: 'bad-request' })
    const found =
      source === 'mirror'
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
  })

  return routes
}

function textOf(context: WebContext): string {
  const text = new URL(context.req.url).searchParams.get('text') ?? ''
  if (text.length > longestText) throw new Problem({ kind: 'bad-request' })
  return text
}

/** Returns the IDs of members who are already assigned, separated by spaces. */
function idsOf(context: WebContext): readonly string[] {
  const ids = new URL(context.req.url).searchParams.get('ids') ?? ''
  return ids
    .split(' ')
    .filter((id) => id !== '')
    .slice(0, mostIds)
}

const mostIds = 200

function connectionOf(context: WebContext): ConnectionId {
  return asConnectionId(context.req.param('connectionId') ?? '')
}
