// One contender of `bench/sync.ts`: two full syncs of Taskr into a new SQLite file, or a loop that only fetches and
// parses. Neither is rate limited: the limits would hold back both alike.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAttioClient } from '@taskr/attio'
import { z } from 'zod'
import { openDatabase } from '../app/database/open-database.ts'
import { ownersAccess } from '../app/connections/connections.ts'
import { fullSync } from '../app/sync/full-sync.ts'
import { systemClock as clock } from '../app/support/clock.ts'
import { keepHeapSmall } from '../app/support/heap.ts'
import { asAccountId, asConnectionId, asWorkspaceId, createIds } from '../app/support/ids.ts'
import { createLogger } from '../app/support/logger.ts'
import { systemRandomBytes } from '../app/support/random.ts'

const task = z.object({ kind: z.enum(['bare', 'sync']), url: z.string(), accessToken: z.string() })
const list = z.object({ data: z.array(z.unknown()) })
type Task = z.infer<typeof task>

keepHeapSmall()
let reads = 0
const countingFetch: typeof fetch = (input, init) => {
  reads += 1
  return fetch(input, init)
}

process.once('message', (message) => {
  const given = task.parse(message)
  void (given.kind === 'bare' ? bare(given) : syncTwice(given)).then((results) =>
    process.send?.(results, () => process.disconnect?.()),
  )
})

async function bare({ url, accessToken }: Task) {
  // The same pages that a full sync requests.
  const read = async (offset: number): Promise<number> => {
    const answer = await countingFetch(
      `${url}/v2/tasks?limit=500&offset=${offset}&sort=created_at:asc`,
      { headers: { authorization: `Bearer ${accessToken}` } },
    )
    return list.parse(await answer.json()).data.length
  }
  await read(0)
  return [
    await measure(async () => {
      let offset = 0
      while ((await read(offset)) === 500) offset += 495
      return 0
    }),
  ]
}

async function syncTwice({ url, accessToken }: Task) {
  const folder = mkdtempSync(join(tmpdir(), 'taskr-sync-'))
  const logger = createLogger({ clock, write: () => {} })
  const database = await openDatabase({
    url: `file:${join(folder, 'taskr.db')}`,
    clock,
    logger,
  })
  const owner = { accountId: asAccountId('account'), connectionId: asConnectionId('connection') }
  const connection = {
    ...owner,
    workspaceId: asWorkspaceId('workspace'),
    workspaceName: 'Acme',
    workspaceSlug: 'acme',
    memberId: undefined,
    approverId: undefined,
    ...ownersAccess(owner.accountId),
    scopes: [],
    status: 'active',
    createdAt: 0,
    updatedAt: 0,
    checkedAt: 0,
  } as const
  const client = createAttioClient({
    accessToken,
    endpoints: { app: url, api: url },
    fetch: countingFetch,
  })
  const parts = {
    database,
    clock,
    ids: createIds(clock, systemRandomBytes),
    randomBytes: systemRandomBytes,
    logger,
    live: { changed: () => {} },
    seats: { endWithoutMember: async () => 0 },
    readSoon: async () => {},
    connections: {
      list: async () => [],
      check: async () => true,
      callAttio: async <Value>(
        _owner: unknown,
        work: (
          client: ReturnType<typeof createAttioClient>,
          of: typeof connection,
        ) => Promise<Value>,
      ) => ({ kind: 'ok', value: await work(client, connection) }) as const,
    },
  }
  await client.tasks.list()
  const once = () =>
    measure(async () => {
      const ended = await fullSync(parts, owner, { staleAfterMs: 0 })
      if (ended.kind !== 'finished') throw new Error(JSON.stringify(ended))
      return ended.rowsWritten
    })
  const results = [await once(), await once()]
  await database.close()
  rmSync(folder, { recursive: true, force: true })
  return results
}

async function measure(work: () => Promise<number>) {
  globalThis.gc?.()
  const idle = process.memoryUsage.rss()
  let peak = idle
  const sampling = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }, 10)
  reads = 0
  const cpu = process.cpuUsage()
  const startedAt = performance.now()
  const rowsWritten = await work()
  const ms = performance.now() - startedAt
  clearInterval(sampling)
  const { user, system } = process.cpuUsage(cpu)
  const cpuMs = (user + system) / 1_000
  return { ms, cpuMs, reads, rowsWritten, memoryMb: (peak - idle) / 2 ** 20 }
}
