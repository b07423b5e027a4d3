// Prepares the database before the kills: a person signs up and connects a workspace. The killed processes then use that
// database.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunningLocalAttio } from '@taskr/local-attio'
import { composeTaskr } from '../../app/compose.ts'
import { callbackPath, readConfig } from '../../app/config/config.ts'
import { createTestFolder } from '../../testing/test-folder.ts'
import type { Clock } from '../../app/support/clock.ts'
import type { AccountId, ConnectionId } from '../../app/support/ids.ts'
import { createTestLogger } from '../../app/support/logger.ts'
import { createBrowser } from '../../testing/in-process/http-browser.ts'
import {
  cheapPasswords,
  connect,
  password,
  scopes,
  taskrOrigin,
} from '../../testing/in-process/testbed.ts'

export interface Settled {
  readonly environment: Readonly<Record<string, string>>
  readonly owner: { readonly accountId: AccountId; readonly connectionId: ConnectionId }
  readonly remove: () => Promise<void>
}

export async function settleIn(
  attio: RunningLocalAttio,
  clock: Clock,
  databaseUrl?: string,
): Promise<Settled> {
  const folder = await createTestFolder('taskr-kill-')
  const redirectUris = [taskrOrigin + callbackPath]
  const app = attio.registerApp({ name: 'Taskr', redirectUris, scopes })
  const environment = {
    TASKR_KEYS: `k1:${randomBytes(32).toString('base64url')}`,
    DATABASE_URL: databaseUrl ?? `file:${join(folder, 'taskr.db')}`,
    ATTIO_CLIENT_ID: app.clientId,
    ATTIO_CLIENT_SECRET: app.clientSecret,
    ATTIO_APP_URL: attio.url,
    ATTIO_API_URL: attio.url,
    PUBLIC_URL: taskrOrigin,
  }
  const reading = readConfig(environment)
  assert.ok(reading.kind === 'read')
  const taskr = await composeTaskr(reading.config, {
    clock,
    logger: createTestLogger(clock),
    randomBytes,
    fetch: (input, init) => fetch(input, init),
    unsafelySkipDurabilityCheck: true,
    unsafePasswordCost: cheapPasswords,
  })
  try {
    const jo = createBrowser((request, address) => taskr.fetch(request, address), taskrOrigin)
    await jo.post('/signup', { username: 'jo', password, timeZone: 'Europe/Berlin' })
    const connected = await connect(attio, jo)
    assert.equal(connected.status, 303, connected.body)
    await taskr.idle()
    const session = await taskr.parts.accounts.findSession(jo.cookies.get('taskr_session') ?? '')
    assert.ok(session)
    const [connection] = await taskr.parts.connections.list(session.accountId)
    assert.ok(connection)
    return {
      environment,
      owner: { accountId: session.accountId, connectionId: connection.connectionId },
      remove: () => rm(folder, { recursive: true, force: true }),
    }
  } finally {
    await taskr.stop()
  }
}
