// The addresses that change many tasks at once, and undo that. The script sends batches and gets JSON, so that the page can
// show progress and each task that could not be changed.
import { z } from 'zod'
import { asChangeId } from '../../../support/ids.ts'
import { inTurns } from '../../../support/in-turns.ts'
import { answerJson } from '../../answer-json.ts'
import { paths } from '../../addresses.ts'
import { signedIn } from '../../pages.ts'
import { readForm } from '../../read-form.ts'
import type { Route } from '../../routes.ts'
import type { RouteParts, WebContext } from '../../web-parts.ts'
import { bulkFields, bulkLists, mostTasks } from './bulk-form.ts'
import { changeOne, refusalReason } from './change-one.ts'

export const bulkRoutes: readonly Route[] = [
  ['POST', paths.bulk, changeMany],
  ['POST', paths.bulkUndoing, undoMany],
]

async function changeMany(parts: RouteParts, context: WebContext): Promise<Response> {
  const session = signedIn(context)
  const form = await readForm(context, bulkFields, bulkLists)
  const changed: string[] = []
  const refused: { readonly task: string; readonly reason: string }[] = []
  const connections = await parts.sync.listConnections(session.accountId)
  for await (const name of inTurns(new Set(form['task[]']))) {
    const recorded = await changeOne(parts, session, { connections, form, name })
    if (recorded.kind === 'recorded') changed.push(recorded.change.changeId)
    if (recorded.kind === 'refused')
      refused.push({ task: name, reason: refusalReason(recorded.refusal) })
  }
  return answerJson(context, { changed, refused })
}

const undoingFields = { 'change[]': z.array(z.string().max(64)).min(1).max(mostTasks) }

async function undoMany(parts: RouteParts, context: WebContext): Promise<Response> {
  const { accountId } = signedIn(context)
  const form = await readForm(context, undoingFields, ['change[]'])
  const counts = { withdrawn: 0, reversed: 0, 'too-late': 0, 'changed-since': 0, refused: 0 }
  // A task's last change is undone first.
  for await (const changeId of inTurns(form['change[]'].toReversed())) {
    const { kind } = await parts.changes.undo(accountId, asChangeId(changeId))
    counts[kind] += 1
  }
  const { withdrawn, reversed } = counts
  return answerJson(context, {
    withdrawn,
    reversed,
    tooLate: counts['too-late'] + counts['changed-since'] + counts.refused,
  })
}
