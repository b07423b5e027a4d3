import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, test } from 'node:test'
import { onEachEngine } from '../../../testing/database/on-each-engine.ts'
import type { Database } from '../../database/open-database.ts'
import { systemClock } from '../../support/clock.ts'
import {
  asAccountId,
  asConnectionId,
  asMemberId,
  asWorkspaceId,
  type ConnectionId,
} from '../../support/ids.ts'
import { Secret } from '../../support/secret.ts'
import { checkKeys } from './check-keys.ts'
import { addConnection } from '../connection-store.ts'
import { findConnection } from '../usable-connection-store.ts'
import { ownersAccess } from '../connection.ts'
import { keepKeys } from './rotate-keys.ts'
import { openKeyRing, replaceFile, statusPathOf } from './key-file.ts'
import { formatKey, type KeyRing } from './key-ring.ts'
import { createSealer, SealError, type Sealer } from './seal.ts'

/** The issue asks for 10,000: TASKR_TEST_CONNECTIONS=10000 */
const connections = Number(process.env['TASKR_TEST_CONNECTIONS'] ?? 1_000)

const folders: string[] = []

onEachEngine('rotating keys', (open, engine) => {
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
  })

  test('TK-09 two nodes rotate keys while serving: no read or write fails, and nothing stays on the old key', async () => {
    const url = await engine.createMigratedUrl()
    const first = await engine.open(url)
    // SQLite has one process, so its second node is a second sealer on the same database.
    const second = engine.name === 'postgres' ? await engine.open(url) : first
    const path = keyFile()
    const nodes = [createNode(first, path), createNode(second, path)] as const
    await fill(first, nodes[0].sealer)

    const stop = new AbortController()
    const served = Promise.all(nodes.map((node, at) => serve(node, at, stop.signal)))
    const keys = [readFileSync(path, 'utf8').trim(), formatKey('k2', randomBytes(32))]
    replaceFile(path, keys.join('\n'))
    replaceFile(path, keys.toReversed().join('\n'))
    await assert.rejects(killedAfter(nodes[0], connections / 4), /killed/)
    const kept = await keepKeys(parts(nodes[1]))
    assert.equal(kept.unreadable, 0)
    assert.deepEqual((await keepKeys(parts(nodes[1]))).use, { k2: connections })
    replaceFile(path, keys[1] ?? '')
    stop.abort()
    const counts = await served
    assert.ok(counts.every(({ reads, writes }) => reads > 0 && writes > 0))

    const opened = createNode(first, path)
    for (let number = 0; number < connections; number++) {
      assert.equal(await read(opened, number), tokenOf(number))
    }
    assert.deepEqual(await checkKeys(first, opened.sealer, opened.ring), { kind: 'fine' })
  })

  test('TK-08 a ring without a key in use, or with another key of its name, does not start', async () => {
    const database = await open()
    const path = keyFile()
    const node = createNode(database, path)
    assert.equal((await checkKeys(database, node.sealer, node.ring)).kind, 'fine')
    for (const wrong of [formatKey('k1', randomBytes(32)), formatKey('k9', randomBytes(32))]) {
      writeFileSync(path, wrong)
      const other = createNode(database, path)
      const result = await checkKeys(database, other.sealer, other.ring)
      assert.ok(result.kind === 'refused')
      assert.match(result.problem, /k1/)
      assert.ok(!result.problem.includes(wrong.slice(3)))
    }
  })

  test('values that no key opens are counted and left as they are', async () => {
    const database = await open()
    const path = keyFile()
    const node = createNode(database, path)
    await addAccount(database)
    await add(database, node.sealer, 1)
    await add(database, { ...node.sealer, seal: () => 'v1.k1.broken.broken' }, 2)
    replaceFile(path, [formatKey('k2', randomBytes(32)), readFileSync(path, 'utf8')].join('\n'))
    const kept = await keepKeys(parts(node))
    assert.deepEqual(kept, { rewrapped: 1, unreadable: 1, use: { k2: 1 } })
    const broken = await findConnection(database.db, accountId, connectionOf(2))
    assert.equal(broken?.sealedAccessToken, 'v1.k1.broken.broken')
  })

  test('the number of values that each key still seals is reported beside the key file', async () => {
    const path = keyFile()
    const node = createNode(await open(), path)
    node.ring.report?.({ k1: 3 })
    assert.equal(readFileSync(statusPathOf(path), 'utf8'), '{"k1":3}\n')
  })

  test('a key file that cannot be read changes nothing', async () => {
    const path = keyFile()
    const { ring } = createNode(await open(), path)
    replaceFile(path, 'k1:short')
    assert.equal(ring.current.id, 'k1')
    rmSync(path)
    assert.equal(ring.current.id, 'k1')
  })
})

interface Node {
  readonly database: Database
  readonly ring: KeyRing
  readonly sealer: Sealer
}

function keyFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'taskr-keys-'))
  folders.push(folder)
  const path = join(folder, 'keys')
  writeFileSync(path, formatKey('k1', randomBytes(32)))
  return path
}

function createNode(database: Database, path: string): Node {
  const reading = openKeyRing(`file:${path}`)
  assert.ok(reading.kind === 'read')
  return { database, ring: reading.ring, sealer: createSealer(reading.ring, randomBytes) }
}

function parts({ database, ring, sealer }: Node) {
  const accounts = { recordEvent: async () => {} }
  return { database, ring, sealer, accounts, sealedElsewhere: [] }
}

/** Simulates a node that dies in the middle of rewrapping. */
async function killedAfter(node: Node, seals: number): Promise<unknown> {
  let left = seals
  const seal: Sealer['seal'] = (place, secret) => {
    if (left-- <= 0) throw new Error('killed')
    return node.sealer.seal(place, secret)
  }
  return await keepKeys({ ...parts(node), sealer: { ...node.sealer, seal } })
}

/** Reads and writes until told to stop; any failure fails the test. */
async function serve(
  node: Node,
  at: number,
  signal: AbortSignal,
): Promise<{ reads: number; writes: number }> {
  const counts = { reads: 0, writes: 0 }
  for (let number = at; !signal.aborted; number = (number + 7) % connections) {
    assert.equal(await read(node, number), tokenOf(number))
    counts.reads += 1
    if (counts.reads % 5 === 0) {
      await add(node.database, node.sealer, number)
      counts.writes += 1
    }
    await systemClock.wait(0)
  }
  return counts
}

async function fill(database: Database, sealer: Sealer): Promise<void> {
  await addAccount(database)
  await database.transaction(async (db) => {
    for (let number = 0; number < connections; number++)
      await add({ ...database, db }, sealer, number)
  })
}

/** The account that owns all the test connections. */
async function addAccount({ db }: Database): Promise<void> {
  const account = { username: 'jo', username_key: 'jo', email_address: null, password_hash: '' }
  await db
    .insertInto('accounts')
    .values({ account_id: accountId, time_zone: 'UTC', created_at: 0, ...account })
    .execute()
}

async function add({ db }: Pick<Database, 'db'>, sealer: Sealer, number: number): Promise<void> {
  const connectionId = connectionOf(number)
  const place = { field: 'attio.access_token', accountId, rowId: connectionId } as const
  await addConnection(db, accountId, {
    accountId,
    connectionId,
    workspaceId: asWorkspaceId(`workspace-${number}`),
    workspaceName: 'Acme Robotics',
    workspaceSlug: 'acme',
    memberId: asMemberId('member'),
    approverId: asMemberId('member'),
    ...ownersAccess(accountId),
    scopes: ['task:read'],
    status: 'active',
    sealedAccessToken: sealer.seal(place, new Secret(tokenOf(number))),
    createdAt: 0,
    updatedAt: 0,
    checkedAt: 0,
  })
}

async function read({ database, sealer }: Node, number: number): Promise<string | undefined> {
  const connectionId = connectionOf(number)
  const connection = await findConnection(database.db, accountId, connectionId)
  if (connection === undefined) return undefined
  const place = { field: 'attio.access_token', accountId, rowId: connectionId } as const
  try {
    return sealer.open(place, connection.sealedAccessToken).reveal()
  } catch (error) {
    if (error instanceof SealError) return error.code
    throw error
  }
}

const accountId = asAccountId('account')
const connectionOf = (number: number): ConnectionId => asConnectionId(`connection-${number}`)
const tokenOf = (number: number): string => `token-of-${number}`.padEnd(64, '0')
