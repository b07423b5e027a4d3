// `node bench/scale.ts`: how long pages take in a workspace with 30, 3,000 and 20,000 members, beside 10 and 10,000
// accounts, and on a connection with one seat and 200. Taskr and a local Attio run in this process, on SQLite; the pages
// are rendered anew, in turns. Prints the lower quartiles, which other work on the machine disturbs least, and their
// ratios. Exits with 1 when one is not reached.
import { parseArgs } from 'node:util'
import { standard } from '@taskr/local-attio'
import { z } from 'zod'
import type { Database } from '../app/database/open-database.ts'
import {
  asAccountId,
  asConnectionId,
  asMemberId,
  asTaskId,
  asWorkspaceId,
  type ConnectionId,
} from '../app/support/ids.ts'
import { observeMany, replaceMembers } from '../app/tasks/mirror.ts'
import { systemRandomBytes } from '../app/support/random.ts'
import { createIds } from '../app/support/ids.ts'
import { startTeam } from '../testing/in-process/team.ts'
import { createWorld, type World } from '../testing/in-process/testbed.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '60' },
    accounts: { type: 'string', default: '10000' },
  },
})
const rounds = z.coerce.number().parse(values.rounds)
const manyAccounts = z.coerce.number().parse(values.accounts)
const memberCounts = [30, 3_000, 20_000]
const mostForMembers = 1.1
const mostForAccounts = 1.05
const manySeats = 200
const mostForSeats = 1.1
let isReached = true

type Db = Database['db']
type Reader = Awaited<ReturnType<World['connected']>>

await compareMembers()
await compareAccounts()
await compareSeats()
process.exitCode = isReached ? 0 : 1

async function compareMembers(): Promise<void> {
  const { world, db } = await open()
  const readers: { readonly reader: Reader; readonly connectionId: ConnectionId }[] = []
  for (const [at, count] of memberCounts.entries()) {
    const reader = await world.connected(`person-${at}`)
    await world.taskr.idle()
    const { connectionId } = await world.ownerOf(reader)
    await addMembers(world, db, connectionId, count)
    readers.push({ reader, connectionId })
  }
  const pages: Readonly<Record<string, (connectionId: ConnectionId) => string>> = {
    'the list': () => '/?view=open&whose=everyone',
    'a task': (connectionId) => `/tasks/${connectionId}/task-0`,
    'the team': () => '/team',
    'the choice of assignees': (connectionId) => `/lookups/${connectionId}/members?text=`,
    'assignees as one types': (connectionId) => `/lookups/${connectionId}/members?text=ada`,
  }
  console.log(`ms of a page with ${memberCounts.map(inWords).join(', ')} members`)
  for (const [name, addressOf] of Object.entries(pages)) {
    const times = await inTurn(
      readers.map(({ reader, connectionId }) => [reader, addressOf(connectionId)] as const),
    )
    print(name, times, mostForMembers)
  }
  await world.close()
}

async function compareAccounts(): Promise<void> {
  const worlds = []
  for (const count of [10, manyAccounts]) {
    const { world, db } = await open()
    const reader = await world.connected('reader')
    await world.taskr.idle()
    for (let at = 1; at < count; at += 500) await addAccounts(db, at, Math.min(500, count - at))
    worlds.push({ world, reader })
  }
  console.log(`\nms of a page beside 10 and ${inWords(manyAccounts)} accounts`)
  for (const [name, address] of Object.entries({
    'the list': '/?view=open&whose=everyone',
    'a search': '/?view=open&whose=everyone&q=call',
  })) {
    print(
      name,
      await inTurn(worlds.map(({ reader }) => [reader, address] as const)),
      mostForAccounts,
    )
  }
  for (const { world } of worlds) await world.close()
}

async function compareSeats(): Promise<void> {
  const readers: Reader[] = []
  const teams = []
  for (const count of [1, manySeats]) {
    let db: Db | undefined
    const team = await startTeam({
      limits: 'none',
      betweenDatabase: (database) => {
        db = database.db
        return database
      },
    })
    const { browser } = await team.join('ben', standard.members.benAtAcme, { sees: 'everyone' })
    if (db !== undefined && count > 1) await addSeats(db, team.owner.connectionId, count - 1)
    readers.push(browser)
    teams.push(team)
  }
  console.log(`\nms of a seat's page on a connection with 1 and ${manySeats} seats`)
  for (const [name, address] of Object.entries({
    'the list': '/?view=open&whose=everyone',
    'a search': '/?view=open&whose=everyone&q=call',
  })) {
    print(name, await inTurn(readers.map((reader) => [reader, address])), mostForSeats)
  }
  for (const { world } of teams) await world.close()
}

async function open(): Promise<{ readonly world: World; readonly db: Db }> {
  let db: Db | undefined
  const world = await createWorld({
    limits: 'none',
    betweenDatabase: (database) => {
      db = database.db
      return database
    },
  })
  if (db === undefined) throw new Error('Taskr opened no database.')
  return { world, db }
}

/** Views the pages in turns, each anew, and returns the lower quartile of the times of each. */
async function inTurn(views: readonly (readonly [Reader, string])[]): Promise<readonly number[]> {
  const times = views.map((): number[] => [])
  for (let round = -5; round < rounds; round += 1) {
    for (const [at, [reader, address]] of views.entries()) {
      // A page with an address that was not asked for before is kept nowhere.
      const separator = address.includes('?') ? '&' : '?'
      const begun = performance.now()
      const { status } = await reader.get(`${address}${separator}n=${round}`)
      const ms = performance.now() - begun
      if (status !== 200) throw new Error(`${address} answered ${status}.`)
      if (round >= 0) times[at]?.push(ms)
    }
  }
  return times.map((some) => some.toSorted((a, b) => a - b)[Math.floor(some.length / 4)] ?? 0)
}

function print(name: string, times: readonly number[], most: number): void {
  const [first = 0, ...others] = times
  const ratios = others.map((ms) => ms / first)
  isReached &&= ratios.every((ratio) => ratio <= most)
  console.log(
    `  ${name.padEnd(26)}${times.map((ms) => ms.toFixed(2).padStart(8)).join('')}   ${ratios.map((ratio) => `× ${ratio.toFixed(2)}`).join('  ')}`,
  )
}

/** Adds members, of whom twenty have a task. */
async function addMembers(
  world: World,
  db: Db,
  connectionId: ConnectionId,
  count: number,
): Promise<void> {
  const known = await world.taskr.parts.mirror.listMembers([connectionId])
  const more = Array.from({ length: count - known.length }, (_, at) => ({
    connectionId,
    memberId: asMemberId(`member-${at}`),
    firstName: 'Zed',
    lastName: String(at),
    emailAddress: `zed${at}@example.com`,
    accessLevel: 'member',
  }))
  await replaceMembers(db, connectionId, [...known, ...more], 1)
  const tasks = Array.from({ length: 20 }, (_, at) => ({
    connectionId,
    taskId: asTaskId(`task-${at}`),
    content: `Call number ${at}`,
    deadlineAt: null,
    isCompleted: false,
    completedAt: null,
    assigneeIds: [asMemberId(`member-${at}`)],
    linkedRecords: [],
    createdBy: null,
    createdAt: at,
    observedAt: world.clock.now(),
  }))
  await observeMany(
    { clock: world.clock, ids: createIds(world.clock, systemRandomBytes) },
    db,
    tasks,
  )
}

/** Adds accounts with a seat each. */
async function addSeats(db: Db, connectionId: ConnectionId, count: number): Promise<void> {
  const all = Array.from({ length: count }, (_, at) => at)
  await db
    .insertInto('accounts')
    .values(
      all.map((at) => ({
        account_id: asAccountId(`seat-${at}`),
        username: `seat-${at}`,
        username_key: `seat-${at}`,
        password_hash: '',
        time_zone: 'UTC',
        created_at: 0,
      })),
    )
    .execute()
  await db
    .insertInto('seats')
    .values(
      all.map((at) => ({
        connection_id: connectionId,
        account_id: asAccountId(`seat-${at}`),
        workspace_member_id: asMemberId(`seat-${at}`),
        workspace_name: 'Acme Robotics',
        member_name: `Seat ${at}`,
        sees: 'own' as const,
        may_link: 1 as const,
        state: 'active' as const,
        joined_at: 0,
        last_seen_at: 0,
        unsent: '[]',
      })),
    )
    .execute()
}

/** Adds accounts with a connection, a session and ten tasks each. */
async function addAccounts(db: Db, from: number, count: number): Promise<void> {
  const all = Array.from({ length: count }, (_, at) => from + at)
  const accountOf = (at: number) => asAccountId(`account-${at}`)
  const connectionOf = (at: number) => asConnectionId(`connection-${at}`)
  await db
    .insertInto('accounts')
    .values(
      all.map((at) => ({
        account_id: accountOf(at),
        username: `account-${at}`,
        username_key: `account-${at}`,
        password_hash: '',
        time_zone: 'UTC',
        created_at: 0,
      })),
    )
    .execute()
  await db
    .insertInto('connections')
    .values(
      all.map((at) => ({
        account_id: accountOf(at),
        connection_id: connectionOf(at),
        workspace_id: asWorkspaceId(`workspace-${at}`),
        workspace_name: `Workspace ${at}`,
        workspace_slug: `workspace-${at}`,
        scopes: '',
        status: 'active' as const,
        sealed_access_token: '',
        created_at: 0,
        updated_at: 0,
        checked_at: 0,
        next_check_at: Number.MAX_SAFE_INTEGER,
      })),
    )
    .execute()
  const tasks = all.flatMap((at) =>
    Array.from({ length: 10 }, (_, number) => ({
      connection_id: connectionOf(at),
      task_id: asTaskId(`task-${at}-${number}`),
      content: `Call number ${number}`,
      is_completed: 0 as const,
      assignee_ids: '[]',
      linked_records: '[]',
      created_at: number,
      observed_at: 0,
      search_words: `call number ${number} !open @none`,
    })),
  )
  for (let at = 0; at < tasks.length; at += 500) {
    await db
      .insertInto('tasks')
      .values(tasks.slice(at, at + 500))
      .execute()
  }
}

function inWords(count: number): string {
  return count.toLocaleString('en')
}
