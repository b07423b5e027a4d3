// The testbed for stories: two nodes on one database, a third node for the background work, an Attio, gates between
// them, and access to the stored connections.
import { standard } from '@taskr/local-attio'
import { createSealer } from '../../app/connections/keys/seal.ts'
import type { Database } from '../../app/database/open-database.ts'
import { sha256Base64Url } from '../../app/support/hash.ts'
import { asSessionId, createIds } from '../../app/support/ids.ts'
import { systemRandomBytes } from '../../app/support/random.ts'
import type { Taskr } from '../../app/compose.ts'
import { createWorld, type World } from '../../testing/in-process/testbed.ts'
import { createGates, type Gates } from './gates.ts'
import { people, type PersonName, type WorkspaceSlug } from './interleaving-steps.ts'

export interface StoredToken {
  readonly person: PersonName
  /** The workspace of the connection; undefined for a token that waits to be revoked. */
  readonly workspace: WorkspaceSlug | undefined
  readonly connectionId: string
  readonly token: string
}

export interface InterleavingTestbed {
  readonly world: World
  readonly gates: Gates
  readonly nodes: readonly [Taskr, Taskr]
  /** Creates a session without the cost of hashing a password; resolves to its cookie. */
  readonly signIn: (person: PersonName) => Promise<string>
  readonly storedTokens: () => Promise<readonly StoredToken[]>
  /** Resolves when no work is under way except calls held at a gate. */
  readonly settle: () => Promise<void>
  readonly passTime: (ms: number) => Promise<void>
  /** Restores the state after sign-up. */
  readonly clear: () => Promise<void>
  readonly close: () => Promise<void>
}

export async function createInterleavingTestbed(databaseUrl: string): Promise<InterleavingTestbed> {
  const gates = createGates()
  const databases: Database[] = []
  const world = await createWorld({
    databaseUrl,
    limits: 'none',
    attio: { seed: 'no-tasks', rateLimits: false },
    fetch: gates.between,
    betweenDatabase: (database) => {
      databases.push(database)
      return database
    },
  })
  const [database] = databases
  if (database === undefined) throw new Error('There is no database.')
  for (const name of people) await world.signedUp(name)
  const nodes = [world.taskr, await world.anotherNode()] as const
  const worker = await world.anotherNode()
  worker.startWorking()
  const settle = async (): Promise<void> => {
    await Promise.all(nodes.map((node) => node.idle()))
    while (!gates.holdsRevocation() && (await hasRevocations(world, database, 'under-way'))) {
      await turn()
    }
  }
  const accounts = new Map<string, PersonName>()
  for (const row of await database.db.selectFrom('accounts').selectAll().execute()) {
    const name = people.find((person) => person === row.username)
    if (name !== undefined) accounts.set(row.account_id, name)
  }
  return {
    world,
    gates,
    nodes,
    signIn: (person) => signIn(world, database, person),
    storedTokens: () => readTokens(world, database, accounts),
    settle,
    passTime: async (ms) => {
      await world.clock.advance(ms)
      while (await hasRevocations(world, database, 'due')) {
        await world.clock.advance(1_000)
        await settle()
      }
    },
    clear: () => clear(world, database),
    close: world.close,
  }
}

/** True when a revocation is due or under way. */
async function hasRevocations(
  { clock }: World,
  { db }: Database,
  which: 'due' | 'under-way',
): Promise<boolean> {
  const now = clock.now()
  const unfinished = db
    .selectFrom('revocations')
    .select('revocation_id')
    .where('status', 'in', ['held', 'pending'])
  const found =
    which === 'due'
      ? unfinished.where('next_attempt_at', '<=', now)
      : unfinished.where('leased_until', '>', now)
  return (await found.executeTakeFirst()) !== undefined
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

async function signIn(world: World, { db }: Database, person: PersonName): Promise<string> {
  const value = Buffer.from(systemRandomBytes(32)).toString('base64url')
  const now = world.clock.now()
  const { account_id } = await db
    .selectFrom('accounts')
    .select('account_id')
    .where('username', '=', person)
    .executeTakeFirstOrThrow()
  await db
    .insertInto('sessions')
    .values({
      account_id,
      session_id: asSessionId(createIds(world.clock, systemRandomBytes)()),
      cookie_hash: sha256Base64Url(value),
      user_agent: 'test',
      created_at: now,
      last_seen_at: now,
      password_confirmed_at: now,
      expires_at: now + 30 * 24 * 3_600_000,
    })
    .execute()
  return value
}

async function readTokens(
  world: World,
  { db }: Database,
  accounts: ReadonlyMap<string, PersonName>,
): Promise<readonly StoredToken[]> {
  const sealer = createSealer(world.config.keys, systemRandomBytes)
  const ownerOf = (accountId: string): PersonName => {
    const owner = accounts.get(accountId)
    if (owner === undefined) throw new Error('No person has this account.')
    return owner
  }
  const connections = await db.selectFrom('connections').selectAll().execute()
  const revocations = await db
    .selectFrom('revocations')
    .selectAll()
    .where('sealed_access_token', 'is not', null)
    .execute()
  return [
    ...connections.map((row): StoredToken => {
      const { account_id: accountId, connection_id: rowId } = row
      const place = { field: 'attio.access_token', accountId, rowId } as const
      return {
        person: ownerOf(accountId),
        workspace: slugOf(row.workspace_id),
        connectionId: rowId,
        token: sealer.open(place, row.sealed_access_token).reveal(),
      }
    }),
    ...revocations.map((row): StoredToken => {
      const { account_id: accountId, revocation_id: rowId } = row
      const place = { field: 'attio.access_token', accountId, rowId } as const
      return {
        person: ownerOf(accountId),
        workspace: undefined,
        connectionId: row.connection_id,
        token: sealer.open(place, row.sealed_access_token ?? '').reveal(),
      }
    }),
  ]
}

function slugOf(workspaceId: string): WorkspaceSlug {
  return workspaceId === standard.workspaces.acme.id ? 'acme' : 'globex'
}

const emptied = [
  'authorization_requests',
  'connections',
  'revocations',
  'mirrors',
  'tasks',
  'workspace_members',
  'linked_records',
  'events',
  'sessions',
] as const

async function clear({ attio, clock }: World, { db }: Database): Promise<void> {
  for (const table of emptied) await db.deleteFrom(table).returningAll().execute()
  const { world } = attio.control
  world.transact(() => {
    for (const { id } of world.accessTokens.all()) world.accessTokens.remove(id)
    for (const { id } of world.authorizationCodes.all()) world.authorizationCodes.remove(id)
  })
  // Attio's limit on revocations is per minute.
  await clock.advance(60_000)
}
