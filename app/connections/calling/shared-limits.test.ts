// Three nodes on one PostgreSQL, a thousand connections, and a local Attio that counts calls. `node bench/limits.ts` does
// the same for longer, with processes in place of nodes.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createAttioClient, type AttioClient } from '@taskr/attio'
import { createLocalAttio } from '@taskr/local-attio'
import { issueAccessToken } from '../../../testing/access-token.ts'
import { onEachEngine } from '../../../testing/database/on-each-engine.ts'
import { systemClock } from '../../support/clock.ts'
import { createTestLogger } from '../../support/logger.ts'
import { openPermitStore } from './permit-store.ts'
import { permitCounts } from './permits.ts'
import { createRateLimiter } from './rate-limiter.ts'

const logger = createTestLogger(systemClock)

onEachEngine('limits that nodes share', (open, engine) => {
  if (engine.name === 'sqlite') return

  test('RL-01 three nodes at full speed never exceed Attio’s limits in any second, and get no 429', async () => {
    const url = await engine.createMigratedUrl()
    const attio = createCountingAttio()
    const over = new AbortController()
    const nodes = [0, 1, 2].map(async (node) => {
      const database = await engine.open(url)
      const permits = await openPermitStore(database.db, permitCounts)
      const rateLimiter = createRateLimiter({ permits, clock: systemClock, logger })
      const clientOf = (key: number): AttioClient =>
        attio.client(({ access }, signal) =>
          rateLimiter.take(
            { key, urgency: key % 50 === 0 ? 'person' : 'background' },
            access,
            signal,
          ),
        )
      let connection = node
      await Promise.all([
        ...Array.from({ length: 16 }, async () => {
          while (!over.signal.aborted) {
            connection = (connection + 3) % 1_000
            await clientOf(connection).self.identify()
          }
        }),
        ...[1, 2].map(async () => {
          while (!over.signal.aborted) {
            const task = await clientOf(connection).tasks.create({ content: 'New' })
            await clientOf(connection).tasks.delete(task.id)
          }
        }),
      ])
    })
    const areUsed = () => attio.mostInASecond('read') > 50 && attio.mostInASecond('write') > 12
    await systemClock.wait(3_500)
    // A busy machine needs longer to use the limits.
    for (let more = 0; more < 30 && !areUsed(); more += 1) await systemClock.wait(1_000)
    over.abort()
    await Promise.all(nodes)
    const [reads, writes] = [attio.mostInASecond('read'), attio.mostInASecond('write')]
    assert.ok(reads <= permitCounts.read, `${reads} reads`)
    assert.ok(writes <= permitCounts.write, `${writes} writes`)
    assert.ok(areUsed(), `${reads} reads and ${writes} writes: they were used`)
    assert.equal(attio.refused(), 0)
  })

  test('RL-01 RL-11 a permit claimed twice at once goes to one node, and a dead node’s permit becomes free again', async () => {
    const database = await open()
    const { db } = database
    const permits = await openPermitStore(db, { read: 3, write: 1 })
    const taken = await Promise.all(Array.from({ length: 10 }, () => permits.take('read', 3)))
    const numbers = taken.flatMap((permit) => (permit === undefined ? [] : [permit.number]))
    assert.deepEqual(new Set(numbers), new Set([0, 1, 2]))
    assert.equal(numbers.length, 3)
    await makeOlder(19_000)
    assert.equal(await permits.take('read', 3), undefined)
    await makeOlder(2_000)
    const again = await permits.take('read', 3)
    assert.equal(again?.number, 0)
    // The former holder comes back and gives the permit back, but no longer holds it.
    const before = taken.find((permit) => permit?.number === 0)
    assert.ok(before !== undefined)
    await permits.giveBack(before, 'unused')
    const next = await permits.take('read', 1)
    assert.equal(next, undefined)

    async function makeOlder(ms: number): Promise<void> {
      await db
        .updateTable('attio_permits')
        .set((row) => ({ leased_until: row('leased_until', '-', ms) }))
        .execute()
    }
  })

  test('RL-29 nodes whose clocks differ by a day count together, and an unused permit is free at once', async () => {
    const url = await engine.createMigratedUrl()
    const [a, b] = [await engine.open(url), await engine.open(url)]
    const ahead = { ...systemClock, now: () => systemClock.now() + 86_400_000 }
    const counts = { read: 2, write: 1 }
    const [here, there] = [
      createRateLimiter({
        permits: await openPermitStore(a.db, counts),
        clock: systemClock,
        logger,
      }),
      createRateLimiter({ permits: await openPermitStore(b.db, counts), clock: ahead, logger }),
    ]
    const person = { key: 'a', urgency: 'person' } as const
    const [first, second] = [await here.take(person, 'read'), await there.take(person, 'read')]
    const startedAt = performance.now()
    const third = there.take(person, 'read')
    await Promise.all([first(), second()])
    await third
    assert.ok(performance.now() - startedAt > 950)
    const permits = await openPermitStore(a.db, counts)
    const permit = await permits.take('write', 1)
    assert.ok(permit !== undefined)
    await permits.giveBack(permit, 'unused')
    assert.ok((await permits.take('write', 1)) !== undefined)
  })

  test('RL-01 RL-26 a node whose database is down sends nothing, and reports Attio as unavailable', async () => {
    const database = await open()
    const attio = createCountingAttio()
    const permits = await openPermitStore(database.db, permitCounts)
    const rateLimiter = createRateLimiter({ permits, clock: systemClock, logger })
    const client = attio.client(({ access }) =>
      rateLimiter.take({ key: 1, urgency: 'person' }, access),
    )
    await client.self.identify()
    await database.close()
    await assert.rejects(client.self.identify(), { kind: 'unavailable' })
    assert.equal(attio.count(), 1)
  })
})

/** Starts a local Attio in this process that answers with a varying delay after it counts. */
function createCountingAttio() {
  const attio = createLocalAttio({ seed: 'one-task' })
  const accessToken = issueAccessToken(attio)
  const counted: {
    readonly access: 'read' | 'write'
    readonly at: number
    readonly status: number
  }[] = []
  return {
    client: (
      rateLimiter: NonNullable<Parameters<typeof createAttioClient>[0]['rateLimiter']>,
    ): AttioClient =>
      createAttioClient({
        accessToken,
        rateLimiter,
        endpoints: { app: attio.origin, api: attio.origin },
        fetch: async (input, init) => {
          await systemClock.wait((counted.length * 7) % 60)
          const at = performance.now()
          const access = init?.method === 'GET' ? 'read' : 'write'
          const answer = await attio.fetch(
            input instanceof Request ? input : input.toString(),
            init,
          )
          counted.push({ access, at, status: answer.status })
          await systemClock.wait((counted.length * 5) % 40)
          return answer
        },
      }),
    count: () => counted.length,
    refused: () => counted.filter(({ status }) => status === 429).length,
    mostInASecond: (of: 'read' | 'write'): number => {
      const times = counted.filter(({ access }) => access === of).map(({ at }) => at)
      return Math.max(
        0,
        ...times.map((from) => times.filter((at) => at >= from && at < from + 1_000).length),
      )
    },
  }
}
