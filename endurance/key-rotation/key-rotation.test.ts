// Rotates the sealing key while Taskr serves, as an operator would: with `npm run keys`, on Taskr processes, one of which
// is killed while it reseals.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { startLocalAttio } from '@taskr/local-attio'
import { callbackPath, readConfig } from '../../app/config/config.ts'
import { createSealer } from '../../app/connections/keys/seal.ts'
import { onEachEngine } from '../../testing/database/on-each-engine.ts'
import type { Database } from '../../app/database/open-database.ts'
import { createTestFolder } from '../../testing/test-folder.ts'
import { asAccountId, asConnectionId, asMemberId, asWorkspaceId } from '../../app/support/ids.ts'
import { Secret } from '../../app/support/secret.ts'
import {
  productionEnvironment,
  startProcess,
  type Environment,
  type TaskrProcess,
} from '../../testing/processes/taskr-process.ts'
import { countRowsWhere } from '../../testing/in-process/stored-bytes.ts'
import { scopes, taskrOrigin } from '../../testing/in-process/testbed.ts'
import { usePeople, type Node } from './rotation-people.ts'

/** To run it at full length, also on SQLite: ROTATED=10000 node --test endurance/key-rotation/key-rotation.test.ts */
const rotated = Number(process.env['ROTATED'] ?? 400)
const isWhole = rotated >= 10_000

onEachEngine('a new key', (_, engine) => {
  // On SQLite there is one process, and most of the time is spent waiting for its restart.
  if (engine.name === 'sqlite' && !isWhole) return

  test(`TK-09 ${rotated} connections are sealed with the new key while people work and one process is killed half-way, and no request fails`, async (t) => {
    const folder = await createTestFolder('taskr-rotation-')
    const keys = join(folder, 'keys')
    const first = `k1:${randomBytes(32).toString('base64url')}`
    await writeFile(keys, `${first}\n`, { mode: 0o600 })
    const attio = await startLocalAttio({ port: 0, seed: 'no-tasks', rateLimits: false })
    t.after(() => attio.stop())
    const redirectUris = [taskrOrigin + callbackPath]
    const app = attio.registerApp({ name: 'Taskr', redirectUris, scopes })
    const databaseUrl = await engine.createMigratedUrl()
    const environment = {
      ...productionEnvironment(databaseUrl),
      TASKR_KEYS: `file:${keys}`,
      ATTIO_CLIENT_ID: app.clientId,
      ATTIO_CLIENT_SECRET: app.clientSecret,
      ATTIO_APP_URL: attio.url,
      ATTIO_API_URL: attio.url,
    }
    const database = await engine.open(databaseUrl)
    await fill(database, first)
    await database.close()

    const nodes = [await createNode(environment)]
    if (engine.name === 'postgres') nodes.push(await createNode(environment))
    t.after(() => Promise.all(nodes.map((node) => node.kill())))
    const people = await usePeople(attio, nodes)
    const startedAt = performance.now()
    await runKeys(keys, 'add')
    const [, second = ''] = (await runKeys(keys, 'status')).match(/: \w+, ([\w-]+)\n/) ?? []
    await runKeys(keys, 'promote', second)

    const left = () => countOnOtherKeys(databaseUrl, second)
    await until('begun', async () => (await left()) < rotated * 0.8)
    await nodes[0]?.kill()
    const leftAtKill = await left()
    await nodes[0]?.start()
    await until('done', async () => (await left()) === 0)
    const tookMs = performance.now() - startedAt
    await until('reported', async () => {
      const status = await runKeys(keys, 'status')
      return status.includes(`"${second}":`) && !/"k1":[1-9]/.test(status)
    })
    await runKeys(keys, 'retire', 'k1')
    const { failed, reads, writes } = await people.stop()
    t.diagnostic(
      `${rotated} connections in ${(tookMs / 1_000).toFixed(1)} s, ${leftAtKill} left at the kill; ${reads} reads, ${writes} writes, ${failed.length} failed`,
    )
    assert.deepEqual(failed, [])
    assert.ok(leftAtKill > 0, 'the kill came too late')
    assert.ok(reads > 50 && writes > 5)
    assert.ok(tookMs < 60_000)
    assert.equal(await left(), 0)
    for (const node of nodes) {
      assert.doesNotMatch(node.lines().join('\n'), /"level":"error"|token-unreadable/)
    }
  })
})

interface OwnNode extends Node {
  readonly kill: () => Promise<void>
  readonly start: () => Promise<void>
  readonly lines: () => readonly string[]
}

async function createNode(environment: Environment): Promise<OwnNode> {
  let taskr: TaskrProcess = await startProcess(
    environment,
    'endurance/key-rotation/rotation-node.ts',
  )
  let isUp = true
  return {
    get port() {
      return taskr.port
    },
    get isUp() {
      return isUp
    },
    lines: () => taskr.lines,
    kill: async () => {
      isUp = false
      taskr.signal('SIGKILL')
      await taskr.ended
    },
    start: async () => {
      taskr = await startProcess(environment, 'endurance/key-rotation/rotation-node.ts')
      isUp = true
    },
  }
}

async function countOnOtherKeys(databaseUrl: string, key: string): Promise<number> {
  return await countRowsWhere(
    databaseUrl,
    `connections where sealed_access_token not like 'v1.${key}.%'`,
  )
}

/** Runs `npm run keys` as an operator would. */
async function runKeys(path: string, ...words: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['tools/keys.ts', ...words], {
    cwd: resolve(import.meta.dirname, '../..'),
    env: { PATH: process.env['PATH'], TASKR_KEYS: `file:${path}` },
  })
  return stdout
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 60_000
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`${what}: not within a minute`)
    await new Promise((done) => void setTimeout(done, 20))
  }
}

/** Stores connections of an absent account, sealed with the first key. */
async function fill(database: Database, key: string): Promise<void> {
  const reading = readConfig({ ...productionEnvironment('file:/nowhere'), TASKR_KEYS: key })
  assert.ok(reading.kind === 'read')
  const sealer = createSealer(reading.config.keys, randomBytes)
  const accountId = asAccountId(randomUUID())
  const now = Date.now()
  await database.transaction(async (db) => {
    await db
      .insertInto('accounts')
      .values({
        account_id: accountId,
        username: 'absent',
        username_key: 'absent',
        email_address: null,
        password_hash: '',
        time_zone: 'UTC',
        created_at: now,
      })
      .execute()
    for (let number = 0; number < rotated; number++) {
      const connectionId = asConnectionId(randomUUID())
      const place = { field: 'attio.access_token', accountId, rowId: connectionId } as const
      await db
        .insertInto('connections')
        .values({
          account_id: accountId,
          connection_id: connectionId,
          workspace_id: asWorkspaceId(randomUUID()),
          workspace_name: 'Elsewhere',
          workspace_slug: 'elsewhere',
          workspace_member_id: asMemberId(randomUUID()),
          scopes: scopes.join(' '),
          // In this status Taskr sends Attio no requests for them.
          status: 'needs-reconnect',
          sealed_access_token: sealer.seal(place, new Secret(randomBytes(32).toString('hex'))),
          created_at: now,
          updated_at: now,
          checked_at: now,
        })
        .execute()
    }
  })
}
