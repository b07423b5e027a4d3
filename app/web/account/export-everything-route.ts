// POST /settings/export/everything.json: exports everything that Taskr holds about a person.
import { Hono } from 'hono'
import { paths } from '../addresses.ts'
import { jsonPieces } from '../json-pieces.ts'
import { signedIn } from '../pages.ts'
import { readForm } from '../read-form.ts'
import type { RouteParts, WebEnv } from '../web-parts.ts'

export function exportEverythingRoute(parts: RouteParts) {
  const { accounts, changes, connections, downloads, tasks } = parts
  return new Hono<WebEnv>().post(paths.everythingExport, async (context) => {
    const session = signedIn(context)
    await readForm(context, {})
    const { accountId } = session
    return await downloads(context, session, {
      fileName: 'taskr-everything.json',
      contentType: 'application/json; charset=utf-8',
      pieces: async function* () {
        const { account, sessions, events } = await accounts.exportAccount(session)
        yield* jsonPieces([
          ['account', account],
          ['sessions', sessions],
          ['events', events],
          ['connections', await parts.sync.listConnections(accountId)],
          ['revocations', await connections.listRevocations(accountId)],
          ['tasks', tasks.listAll(accountId)],
          ['changes', changes.listAll(accountId)],
        ])
      },
    })
  })
}
