// `node bench/limits.ts`: three workers on one PostgreSQL, a thousand connections, and a local Attio that counts calls.
// Prints the most calls in a second, the refused calls, and how long a quiet connection waits beside a busy one.
import { fork } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { serve } from '@hono/node-server'
import { createLocalAttio, standard } from '@taskr/local-attio'
import { z } from 'zod'
import { startTestPostgres } from '../testing/database/on-each-engine.ts'
import { openDatabase } from '../app/database/open-database.ts'
import { systemClock } from '../app/support/clock.ts'
import { createLogger } from '../app/support/logger.ts'
import type { Work } from './limits-worker.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '20' },
    connections: { type: 'string', default: '1000' },
    latency: { type: 'string', default: '40' },
  },
})
const [seconds, connections, latencyMs] = [
  Number(values.seconds),
  Number(values.connections),
  Number(values.latency),
]
const workers = 3

const postgres = await startTestPostgres()
const database = await openDatabase({
  url: postgres.url,
  clock: systemClock,
  logger: createLogger({ clock: systemClock, write: () => {} }),
  unsafelySkipDurabilityCheck: true,
})
await database.close()
const attio = createLocalAttio({ seed: 'one-task' })
const { clientId } = attio.registerApp({
  name: 'Taskr',
  redirectUris: ['http://localhost:3050/x'],
  scopes: [
    'task:read-write',
    'user_management:read',
    'object_configuration:read',
    'record_permission:read',
  ],
})
const tokens = Array.from({ length: connections }, () =>
  attio.issueAccessToken({
    clientId,
    workspace: 'acme',
    memberEmail: standard.people.ada.emailAddress,
  }),
)
let counted: { readonly access: 'read' | 'write'; readonly at: number; readonly status: number }[] =
  []
/** Attio counts a call about half a round trip after it was sent. */
const way = () => systemClock.wait(latencyMs * (0.2 + 0.6 * Math.random()))
const server = serve({
  port: 0,
  hostname: '127.0.0.1',
  fetch: async (request) => {
    await way()
    const at = performance.now()
    const access = request.method === 'GET' ? 'read' : 'write'
    const answer = await attio.fetch(request)
    counted.push({ access, at, status: answer.status })
    await way()
    return answer
  },
})
await new Promise((resolve) => server.once('listening', resolve))
const address = server.address()
const port = typeof address === 'object' ? (address?.port ?? 0) : 0

console.log(
  `${workers} workers, ${connections} connections, Attio at ${latencyMs} ms, ${seconds} s each\n`,
)
console.log('                       reads   writes   429s   all    quiet connection, ms')
console.log('                       in the fullest second   calls   median    p95    max')
await run('as fast as they may', { syncs: 8, writes: 2, isQuiet: false, isNoisy: false })
const alone = await run('quiet, others calm', { calm: true, isQuiet: true, isNoisy: false })
const beside = await run('and one is noisy', { calm: true, isQuiet: true, isNoisy: true })
console.log(`\np95 beside the noisy one: ${(beside / alone).toFixed(2)} times as long`)

server.close()
attio.close()
await postgres.stop()

async function run(
  name: string,
  how: {
    readonly syncs?: number
    readonly writes?: number
    readonly calm?: boolean
    readonly isQuiet: boolean
    readonly isNoisy: boolean
  },
): Promise<number> {
  counted = []
  const waits = await Promise.all(
    Array.from({ length: workers }, (_, node) =>
      work({
        databaseUrl: postgres.url,
        attioUrl: `http://127.0.0.1:${port}`,
        tokens: tokens.filter((_token, at) => at % workers === node),
        seconds,
        syncs: how.syncs ?? 0,
        writes: how.writes ?? 0,
        callsPerSecond: how.calm === true ? 10 : 0,
        isQuiet: how.isQuiet && node === 0,
        isNoisy: how.isNoisy && node === 0,
      }),
    ),
  )
  const quiet = waits.flat()
  const refused = counted.filter(({ status }) => status === 429).length
  const cells = [
    name.padEnd(22),
    String(most('read')).padStart(6),
    String(most('write')).padStart(9),
    String(refused).padStart(7),
    String(counted.length).padStart(8),
    ...[0.5, 0.95, 1].map((share) =>
      (quiet.length === 0 ? '-' : quantile(quiet, share).toFixed(1)).padStart(8),
    ),
  ]
  console.log(cells.join(''))
  return quantile(quiet, 0.95)
}

function work(task: Work): Promise<readonly number[]> {
  const { promise, resolve, reject } = Promise.withResolvers<readonly number[]>()
  const child = fork(join(import.meta.dirname, 'limits-worker.ts'))
  child.once('message', (message) => resolve(z.array(z.number()).parse(message)))
  child.once('exit', (code) => reject(new Error(`a worker ended with ${code}`)))
  child.send(task)
  return promise
}

function most(access: 'read' | 'write'): number {
  const times = counted.filter((call) => call.access === access).map(({ at }) => at)
  times.sort((a, b) => a - b)
  let fullest = 0
  let from = 0
  for (const [to, at] of times.entries()) {
    while (at - (times[from] ?? at) >= 1_000) from += 1
    fullest = Math.max(fullest, to - from + 1)
  }
  return fullest
}

function quantile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
