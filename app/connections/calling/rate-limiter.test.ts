// How calls to Attio are queued on one node, on a test clock.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { createTestClock, type TestClock } from '../../support/clock.ts'
import { createTestLogger } from '../../support/logger.ts'
import { createPermitsInMemory, type PermitCounts, type Permits } from './permits.ts'
import { createRateLimiter, type EndCall, type RateLimiter } from './rate-limiter.ts'

const counts = { read: 80, write: 20 }
const background = (key: unknown) => ({ key, urgency: 'background' }) as const
const person = (key: unknown) => ({ key, urgency: 'person' }) as const

function createNode(given: { counts?: PermitCounts; permits?: Permits; clock?: TestClock } = {}) {
  const clock = given.clock ?? createTestClock()
  const logger = createTestLogger(clock)
  const permits = given.permits ?? createPermitsInMemory(clock, given.counts ?? counts)
  return { clock, logger, permits, rateLimiter: createRateLimiter({ permits, clock, logger }) }
}

/** Records the order in which callers may call. */
function noting(rateLimiter: RateLimiter) {
  const order: string[] = []
  const ends: EndCall[] = []
  return {
    order,
    ends,
    ask: (name: string, caller: Parameters<RateLimiter['take']>[0]) =>
      void rateLimiter.take(caller, 'read').then((end) => {
        order.push(name)
        ends.push(end)
      }),
  }
}

suite('the rate limiter', () => {
  test('RL-01 no second holds more calls than permits, however calls arrive and however long they take', async () => {
    const call = fc.record({
      afterMs: fc.nat(120),
      tookMs: fc.oneof(fc.nat(30), fc.nat(3_000)),
      key: fc.nat(15),
      urgency: fc.constantFrom('person', 'background'),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(call, { minLength: 60, maxLength: 250, size: 'max' }),
        // Attio counts a call at some point between sending and answer: early, late, or anywhere.
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (calls, share) => {
          const { clock, rateLimiter } = createNode({ counts: { read: 8, write: 2 } })
          const counted: number[] = []
          const running: Promise<void>[] = []
          for (const { afterMs, tookMs, ...caller } of calls) {
            await clock.advance(afterMs)
            const run = async (): Promise<void> => {
              const end = await rateLimiter.take(caller, 'read')
              counted.push(clock.now() + tookMs * share)
              await clock.wait(tookMs)
              await end()
            }
            running.push(run().catch(() => {}))
          }
          await clock.advanceUntil(Promise.all(running))
          assert.ok(mostInASecond(counted) <= 8, String(mostInASecond(counted)))
        },
      ),
      { numRuns: 30 },
    )
  })

  test('RL-01 an idle node lets eighty reads and twenty writes start at once', async () => {
    const { rateLimiter } = createNode()
    for (let call = 0; call < 80; call += 1) await rateLimiter.take(person(call), 'read')
    for (let call = 0; call < 20; call += 1) await rateLimiter.take(person(call), 'write')
  })

  test('RL-01 people go before background work, and a tenth of the permits is reserved for them', async () => {
    const { clock, rateLimiter } = createNode()
    const { ask, order } = noting(rateLimiter)
    for (let call = 0; call < 100; call += 1) ask('background', background(call))
    await clock.advance(0)
    assert.equal(order.length, 72)
    for (let call = 0; call < 10; call += 1) ask('person', person(`person ${call}`))
    await clock.advance(0)
    assert.deepEqual(
      order.slice(72),
      Array.from({ length: 8 }, () => 'person'),
    )
  })

  test('RL-01 a connection has at most two background calls under way, and a person there does not wait for them', async () => {
    const { clock, rateLimiter } = createNode()
    const { ask, ends, order } = noting(rateLimiter)
    for (let call = 0; call < 5; call += 1) ask('background', background('a'))
    ask('person', person('a'))
    await clock.advance(50)
    assert.deepEqual(order.toSorted(), ['background', 'background', 'person'])
    await ends[0]?.()
    await ends[1]?.()
    await ends[2]?.()
    await clock.advance(50)
    assert.equal(order.length, 5)
  })

  test('RL-01 a connection that calls without pause leaves room: a quiet one may call at once', async () => {
    const { clock, rateLimiter } = createNode()
    let isOver = false
    let noisyCalls = 0
    const noise = [1, 2].map(async () => {
      while (!isOver) {
        const end = await rateLimiter.take(background('noisy'), 'read')
        noisyCalls += 1
        await clock.wait(5)
        await end()
      }
    })
    const waits: number[] = []
    for (let call = 0; call < 30; call += 1) {
      await clock.advance(400)
      const askedAt = clock.now()
      const end = await rateLimiter.take(background('quiet'), 'read')
      waits.push(clock.now() - askedAt)
      await end()
    }
    isOver = true
    await clock.advanceUntil(Promise.all(noise))
    assert.ok(noisyCalls > 500, `${noisyCalls} calls: nothing is held back without need`)
    assert.deepEqual(
      waits.filter((ms) => ms > 0),
      [],
    )
  })

  test('RL-01 connections are served in rotation, not in the order of their calls', async () => {
    const { clock, rateLimiter } = createNode({ counts: { read: 2, write: 1 } })
    const { ask, ends, order } = noting(rateLimiter)
    for (let call = 0; call < 3; call += 1) ask('a', background('a'))
    await clock.advance(0)
    for (const name of ['b', 'c']) ask(name, background(name))
    for (let round = 0; round < 8; round += 1) {
      for (const end of ends.splice(0)) await end()
      await clock.advance(1_050)
    }
    assert.deepEqual(order, ['a', 'b', 'c', 'a', 'a'])
  })

  test('a call that is aborted leaves the line without taking a permit', async () => {
    const { clock, rateLimiter } = createNode({ counts: { read: 1, write: 1 } })
    const end = await rateLimiter.take(person('a'), 'read')
    const giving = new AbortController()
    const given = rateLimiter.take(person('b'), 'read', giving.signal)
    const waiting = rateLimiter.take(person('c'), 'read')
    giving.abort(new Error('no longer wanted'))
    await assert.rejects(given, { message: 'no longer wanted' })
    await end()
    await clock.advanceUntil(waiting)
  })

  test('RL-01 when permits cannot be counted, nothing is sent and waiting calls hear why Attio is unavailable', async () => {
    const cause = new Error('the database is away')
    const permits: Permits = {
      counts,
      take: () => Promise.reject(cause),
      giveBack: async () => {},
    }
    const { rateLimiter } = createNode({ permits })
    const unavailable = { name: 'AttioUnavailableError', kind: 'unavailable', cause }
    const both = [rateLimiter.take(person('a'), 'read'), rateLimiter.take(background('b'), 'read')]
    for (const taking of both) await assert.rejects(taking, unavailable)
    await assert.rejects(rateLimiter.take(person('a'), 'read'), unavailable)
  })

  test('RL-11 a permit that arrives after a long standstill is not used', async () => {
    const { clock } = createNode()
    const memory = createPermitsInMemory(clock, counts)
    const given: string[] = []
    let isSlow = true
    const permits: Permits = {
      counts,
      take: async (access, below) => {
        const permit = await memory.take(access, below)
        if (isSlow) await clock.wait(3_000)
        isSlow = false
        return permit
      },
      giveBack: async (_permit, how) => void given.push(how),
    }
    const { rateLimiter } = createNode({ permits, clock })
    await clock.advanceUntil(rateLimiter.take(person('a'), 'read'))
    assert.deepEqual(given, ['unused'])
  })

  test('a call that gets no permit for half a minute is refused as unavailable', async () => {
    const { clock, rateLimiter } = createNode({ counts: { read: 1, write: 1 } })
    await rateLimiter.take(person('a'), 'read')
    const waiting = rateLimiter.take(person('b'), 'read')
    await clock.advanceUntil(assert.rejects(waiting, { kind: 'unavailable' }))
  })

  test('RL-29 a clock set back by a day delays no call by more than a second', async () => {
    let setBackMs = 0
    const time = createTestClock()
    const clock = { ...time, now: () => time.now() - setBackMs }
    const { rateLimiter } = createNode({ clock, counts: { read: 1, write: 1 } })
    await (
      await rateLimiter.take(person('a'), 'read')
    )()
    setBackMs = 86_400_000
    const taking = rateLimiter.take(person('b'), 'read')
    await time.advance(0)
    await time.advance(1_100)
    await taking
  })
})

function mostInASecond(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b)
  let most = 0
  for (let from = 0, to = 0; to < sorted.length; to += 1) {
    while ((sorted[to] ?? 0) - (sorted[from] ?? 0) >= 1_000) from += 1
    most = Math.max(most, to - from + 1)
  }
  return most
}
