// `node bench/capacity.ts`: what an account costs, and what many of them need. Measures units of work on PostgreSQL with
// Taskr and a local Attio in this process, whose processor time counts as Taskr's where Attio takes part; then multiplies
// them by what people are assumed to do. docs/scale.md says what follows from it.
//
//   … --rounds 50     fewer rounds
import { parseArgs } from 'node:util'
import { Client } from 'pg'
import { standard } from '@taskr/local-attio'
import { z } from 'zod'
import { readMigrations } from '../app/database/migrating/migration-files.ts'
import { startTestPostgres } from '../testing/database/on-each-engine.ts'
import { createTestDatabases } from '../testing/database/test-databases.ts'
import { startChanging, type Changing } from '../testing/in-process/task-changes.ts'
import { createWorld } from '../testing/in-process/testbed.ts'
import { postgresCpu } from './postgres-cpu.ts'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '200' } } })
const rounds = z.coerce.number().int().min(1).parse(values.rounds)

/** Milliseconds of processor time. */
interface Cost {
  readonly taskr: number
  readonly postgres: number
}

/** What a person does on a working day. */
const perDay = {
  unchangedPages: 60,
  changedPages: 30,
  changes: 20,
  editsInAttio: 40,
}
/** How often each connection is synced, whether people work or not: see app/sync/schedule.ts. */
const syncsPerDay = 4
const tasksPerAccount = 200
/** How many of all accounts work on one day, and how much of a day's work falls into its busiest hour. */
const activeShare = 0.3
const busiestHourShare = 0.2
/** How many of all accounts have a page open in that hour. */
const openPageShare = 0.15
/** Processors are to be half idle in the busiest hour. */
const utilization = 0.5
/** Memory of an open event stream, in KB: `npm run test:endurance -- live-updates`. */
const streamKb = 40

const postgres = await startTestPostgres()
const databases = await createTestDatabases(postgres.url, readMigrations())
try {
  const databaseUrl = await databases.createMigratedUrl()
  const client = new Client({ connectionString: databaseUrl })
  // The server ends the connection when it stops after a failure.
  client.on('error', () => undefined)
  await client.connect()
  const cpuOfPostgres = await postgresCpu(databaseUrl)
  await using world = await createWorld({
    databaseUrl,
    limits: 'none',
    environment: { TASKR_LOG_LEVEL: 'error' },
  })
  const changing = await startChanging(world)
  for (let at = 0; at < tasksPerAccount; at += 1) {
    changing.ada.addTask({
      content: `Call number ${at} about the renewal of the contract`,
      assigneeIds: [standard.members.adaAtAcme],
    })
  }
  // Attio's limits let the news of so many tasks through within a minute.
  for (let seconds = 0; seconds < 90; seconds += 1) {
    await world.advanceUntil(world.delivered())
    await world.clock.advance(1_000)
    await world.taskr.parts.webhooks.refetchDue()
  }
  await changing.settle()
  const measure = (work: (round: number) => Promise<unknown>) => costOf(cpuOfPostgres, work)
  const costs = await measureUnits(changing, measure)
  const bytes = await bytesPerAccount(client, tasksPerAccount)
  print(costs, bytes)
  await client.end()
} finally {
  await databases.close()
  await postgres.stop()
}

async function measureUnits(
  changing: Changing,
  measure: (work: (round: number) => Promise<unknown>) => Promise<Cost>,
) {
  const { ada, inAttio, jo, owner, world } = changing
  const { sync } = world.taskr.parts
  const list = '/?view=open&whose=everyone'
  await jo.get(list)
  const unchangedPages = await measure(() => jo.get(list))
  const changedPages = await measure((round) => jo.get(`${list}&n=${round}`))
  const open = (await changing.shown()).filter((task) => !task.isCompleted)
  const changes = await measure(async (round) => {
    const task = open[round % open.length]
    if (task === undefined) throw new Error('no task to change')
    await changing.update(task.content, { isCompleted: round % (2 * open.length) < open.length })
    await changing.settle()
  })
  const task = inAttio().find(({ content }) => content.startsWith('Call number'))
  if (task === undefined) throw new Error('no task in Attio')
  const editsInAttio = await measure(async (round) => {
    const before = world.sent(`/v2/tasks/${task.id}`)
    ada.updateTask(task.id, { deadlineAt: world.clock.now() + round })
    await world.advanceUntil(world.delivered())
    await world.clock.advance(1_000)
    await world.advanceUntil(world.delivered())
    if (world.sent(`/v2/tasks/${task.id}`) === before) throw new Error('nothing was read')
  })
  const syncs = await measure(async () => {
    await world.advanceUntil(sync.syncNow(owner, 0))
  })
  return { unchangedPages, changedPages, changes, editsInAttio, syncs }
}

async function costOf(
  cpuOfPostgres: () => Promise<number>,
  work: (round: number) => Promise<unknown>,
): Promise<Cost> {
  await work(0)
  const [ownBefore, postgresBefore] = [process.cpuUsage(), await cpuOfPostgres()]
  for (let round = 1; round <= rounds; round += 1) await work(round)
  const own = process.cpuUsage(ownBefore)
  const ofPostgres = (await cpuOfPostgres()) - postgresBefore
  return { taskr: (own.user + own.system) / 1_000 / rounds, postgres: ofPostgres / rounds }
}

/** Returns the bytes of one account with its tasks, in tables and indexes, from copies of the tasks that are there. */
async function bytesPerAccount(client: Client, tasks: number): Promise<number> {
  const copies = 50
  const size = async (): Promise<number> => {
    const { rows } = await client.query(
      "select sum(pg_total_relation_size(oid)) as bytes from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace",
    )
    return z.array(z.object({ bytes: z.coerce.number() })).parse(rows)[0]?.bytes ?? 0
  }
  await client.query('vacuum full')
  const before = await size()
  const { rows } = await client.query('select count(*) as count from tasks')
  const count = z.array(z.object({ count: z.coerce.number() })).parse(rows)[0]?.count ?? 0
  const columns = await columnsOf(client, 'tasks')
  const values = columns.map((column) =>
    column === 'connection_id' ? "connection_id || '-' || copy" : column,
  )
  await client.query(
    `insert into tasks (${columns.join(', ')}) select ${values.join(', ')} from tasks, generate_series(1, ${copies}) copy`,
  )
  await client.query('vacuum full')
  // An account's other rows, such as events and sessions, are counted as a tenth.
  return (((await size()) - before) / (copies * count)) * tasks * 1.1
}

async function columnsOf(client: Client, table: string): Promise<readonly string[]> {
  const { rows } = await client.query(
    "select column_name as name from information_schema.columns where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER'",
    [table],
  )
  return z
    .array(z.object({ name: z.string() }))
    .parse(rows)
    .map(({ name }) => name)
}

function print(costs: Awaited<ReturnType<typeof measureUnits>>, bytes: number): void {
  console.log('ms of processor time                       Taskr   PostgreSQL')
  const units = {
    'a page that has not changed': costs.unchangedPages,
    'a page rendered anew': costs.changedPages,
    'a change, recorded and sent': costs.changes,
    'an edit in Attio, delivered and read': costs.editsInAttio,
    [`a full sync of ${tasksPerAccount} tasks, none changed`]: costs.syncs,
  }
  for (const [name, { postgres: ofPostgres, taskr }] of Object.entries(units)) {
    console.log(
      `  ${name.padEnd(40)}${number(taskr, 2).padStart(6)}${number(ofPostgres, 2).padStart(13)}`,
    )
  }
  console.log(`  KB of an account with ${tasksPerAccount} tasks: ${Math.round(bytes / 1_000)}\n`)
  const perPerson = (of: (cost: Cost) => number): number =>
    z
      .array(z.number())
      .parse(Object.entries(perDay).map(([name, times]) => times * of(byName(costs, name))))
      .reduce((sum, ms) => sum + ms, 0)
  const cores = (accounts: number, of: (cost: Cost) => number): number => {
    const ofPeople = accounts * activeShare * perPerson(of) * busiestHourShare
    const ofSyncs = (accounts * syncsPerDay * of(costs.syncs)) / 24
    return (ofPeople + ofSyncs) / 3_600_000 / utilization
  }
  console.log('accounts      cores of Taskr   of PostgreSQL   database, GB   open pages   their GB')
  for (const accounts of [1_000, 100_000, 10_000_000]) {
    const streams = accounts * openPageShare
    console.log(
      [
        accounts.toLocaleString('en').padEnd(14),
        number(
          cores(accounts, ({ taskr }) => taskr),
          1,
        ).padEnd(17),
        number(
          cores(accounts, (cost) => cost.postgres),
          1,
        ).padEnd(16),
        number((accounts * bytes) / 1e9, 1).padEnd(15),
        streams.toLocaleString('en').padEnd(13),
        number((streams * streamKb) / 1e6, 2),
      ].join(''),
    )
  }
}

function byName(costs: Awaited<ReturnType<typeof measureUnits>>, name: string): Cost {
  const cost = new Map(Object.entries(costs)).get(name)
  if (cost === undefined) throw new Error(`${name} was not measured`)
  return cost
}

function number(value: number, digits: number): string {
  return value.toLocaleString('en', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
}
