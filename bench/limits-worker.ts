// One node of `bench/limits.ts`: calls Attio for its share of the connections, in turns with the other nodes.
import { createAttioClient, createSharedBackOff, type AttioClient } from '@taskr/attio'
import { z } from 'zod'
import { openPermits } from '../app/connections/calling/open-permits.ts'
import { createRateLimiter } from '../app/connections/calling/rate-limiter.ts'
import { openDatabase } from '../app/database/open-database.ts'
import { systemClock } from '../app/support/clock.ts'
import { createLogger } from '../app/support/logger.ts'

const work = z.object({
  databaseUrl: z.string(),
  attioUrl: z.string(),
  tokens: z.array(z.string()),
  seconds: z.number(),
  /** The number of parallel full syncs, as fast as the rate limiter allows. */
  syncs: z.number(),
  /** The number of parallel loops that create and delete tasks, also as fast as allowed. */
  writes: z.number(),
  /** The rate of single calls, spread evenly over many connections. */
  callsPerSecond: z.number(),
  /** Measures a connection that calls ten times a second. */
  isQuiet: z.boolean(),
  /** Adds a connection that makes many calls at a time without a pause. */
  isNoisy: z.boolean(),
})
export type Work = z.infer<typeof work>

const logger = createLogger({ clock: systemClock, write: () => {} })
const clock = systemClock

process.once('message', (message) => {
  void run(work.parse(message))
})

async function run(task: Work): Promise<void> {
  const database = await openDatabase({
    url: task.databaseUrl,
    clock,
    logger,
    unsafelySkipDurabilityCheck: true,
  })
  const rateLimiter = createRateLimiter({
    permits: await openPermits(database, clock),
    clock,
    logger,
  })
  const sharedBackOff = createSharedBackOff()
  const endsAt = performance.now() + task.seconds * 1_000
  const goesOn = (): boolean => performance.now() < endsAt
  const [quietToken = '', noisyToken = '', ...others] = task.tokens
  const clientOf = (token: string): AttioClient =>
    createAttioClient({
      accessToken: token,
      endpoints: { app: task.attioUrl, api: task.attioUrl },
      sharedBackOff,
      rateLimiter: ({ access }, signal) =>
        rateLimiter.take({ key: token, urgency: 'background' }, access, signal),
    })
  let next = 0
  const other = (): AttioClient => {
    next += 1
    return clientOf(others[next % others.length] ?? '')
  }
  const repeat = async (work: () => Promise<unknown>): Promise<void> => {
    while (goesOn()) await work().catch(() => {})
  }
  const waits: number[] = []
  await Promise.all([
    ...Array.from({ length: task.syncs }, () =>
      repeat(async () => {
        const client = other()
        await client.workspaceMembers.list()
        await client.tasks.list()
        await client.objects.list()
      }),
    ),
    ...Array.from({ length: task.writes }, () =>
      repeat(async () => {
        const client = other()
        const { id } = await client.tasks.create({ content: 'New' })
        await client.tasks.delete(id)
      }),
    ),
    ...(task.callsPerSecond === 0
      ? []
      : Array.from({ length: 10 }, () =>
          repeat(async () => {
            await clock.wait(10_000 / task.callsPerSecond)
            await other().self.identify()
          }),
        )),
    ...(task.isNoisy
      ? Array.from({ length: 10 }, () => repeat(() => clientOf(noisyToken).self.identify()))
      : []),
    ...(task.isQuiet
      ? [
          repeat(async () => {
            await clock.wait(100)
            const startedAt = performance.now()
            await clientOf(quietToken).self.identify()
            waits.push(performance.now() - startedAt)
          }),
        ]
      : []),
  ])
  await database.close()
  process.send?.(waits)
  process.disconnect?.()
}
