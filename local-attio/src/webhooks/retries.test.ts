import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { z } from 'zod'
import { noon } from '../for-tests.ts'
import { createLocalAttio } from '../local-attio.ts'
import { readWorldState } from '../seed/world-file.ts'
import { addTasks, createReceivingAttio, day, hour, minute, subscribe } from './for-tests.ts'
import { startStopwatch } from '../../../testing/stopwatch.ts'

async function statusOf(attio: ReturnType<typeof createReceivingAttio>, webhookId: string) {
  const answer = await attio.call('GET', `/v2/webhooks/${webhookId}`)
  return answer.as(z.object({ data: z.object({ status: z.string() }) })).data.status
}

test('a receiver that was down for two days gets every event once when it is back', async () => {
  const attio = createReceivingAttio()
  await subscribe(attio)
  attio.answer = 'dead'
  const ids = addTasks(attio, 10)
  await attio.control.clock.advance(2 * day)
  attio.received.length = 0
  attio.answer = 202
  await attio.control.clock.advance(2 * day)
  assert.deepEqual(
    attio.received.flatMap((one) => one.taskIds),
    ids,
  )
})

test('a message is retried ten times over three days with doubling waits and one key', async () => {
  const attio = createReceivingAttio()
  await subscribe(attio)
  attio.answer = 500
  addTasks(attio, 1)
  await attio.control.clock.advance(30 * day)
  assert.equal(attio.received.length, 11)
  assert.equal(new Set(attio.received.map((one) => one.key)).size, 1)
  assert.equal(new Set(attio.received.map((one) => one.body)).size, 1)
  const waits = attio.received.slice(1).map((one, n) => one.at - (attio.received[n]?.at ?? 0))
  for (const [n, wait] of waits.slice(1).entries()) assert.equal(wait, 2 * (waits[n] ?? 0))
  const totalDays = ((attio.received.at(-1)?.at ?? 0) - (attio.received[0]?.at ?? 0)) / day
  assert.ok(totalDays > 2.9 && totalDays < 3.1, `${totalDays} days`)
})

test('three days of retries of twenty messages take less than a second', async () => {
  const attio = createReceivingAttio()
  await subscribe(attio)
  attio.answer = 503
  addTasks(attio, 20)
  const stopwatch = startStopwatch()
  await attio.control.clock.advance(3 * day + hour)
  const took = stopwatch.elapsedMs()
  assert.equal(attio.received.length, 220)
  assert.ok(took < 1000, `${took} ms`)
})

test('a webhook whose deliveries always fail is degraded after the last retry, and inactive seven days later', async () => {
  const attio = createReceivingAttio()
  const { id } = await subscribe(attio)
  attio.answer = 500
  addTasks(attio, 1)
  await attio.control.clock.advance(2 * day + 23 * hour)
  assert.equal(await statusOf(attio, id), 'active')
  await attio.control.clock.advance(hour)
  assert.equal(await statusOf(attio, id), 'degraded')
  await attio.control.clock.advance(7 * day - 2 * hour)
  assert.equal(await statusOf(attio, id), 'degraded')
  addTasks(attio, 1)
  await attio.control.webhooks.settle()
  assert.equal(attio.received.length, 12, 'a degraded webhook still gets events')
  await attio.control.clock.advance(2 * hour)
  assert.equal(await statusOf(attio, id), 'inactive')
  const before = attio.received.length
  attio.answer = 200
  addTasks(attio, 1)
  await attio.control.clock.advance(10 * day)
  assert.equal(attio.received.length, before, 'an inactive webhook gets nothing, not even retries')
  const statuses = attio.control.webhooks.deliveries().map((one) => one.status)
  assert.deepEqual(statuses, ['failed', 'failed'])
  assert.equal(attio.control.webhooks.sendTestEvent(id, 'task.created'), undefined)
})

test('a degraded webhook is active again after a successful delivery', async () => {
  const attio = createReceivingAttio()
  const { id } = await subscribe(attio)
  attio.answer = 500
  addTasks(attio, 1)
  await attio.control.clock.advance(4 * day)
  assert.equal(await statusOf(attio, id), 'degraded')
  attio.answer = 200
  addTasks(attio, 1)
  await attio.control.webhooks.settle()
  assert.equal(await statusOf(attio, id), 'active')
  await attio.control.clock.advance(8 * day)
  assert.equal(await statusOf(attio, id), 'active')
})

test('any status but 2xx is a failure, redirects included', async () => {
  for (const status of [301, 307, 400, 404, 410, 429, 500]) {
    const attio = createReceivingAttio()
    attio.answer = status
    await subscribe(attio)
    addTasks(attio, 1)
    await attio.control.webhooks.settle()
    const [delivery] = attio.control.webhooks.deliveries()
    assert.equal(delivery?.status, 'waiting', `${status}`)
    assert.equal(delivery.attempts.length, 1)
  }
})

test('a receiver that misses the deadline fails and delays no other receiver', async () => {
  const attio = createReceivingAttio()
  await subscribe(attio)
  attio.control.webhooks.settings.deadlineMs = 5
  attio.answer = 'silent'
  addTasks(attio, 1)
  await attio.control.webhooks.settle()
  const [delivery] = attio.control.webhooks.deliveries()
  assert.deepEqual(delivery?.attempts[0]?.problem, 'No answer within 5 ms.')
  attio.answer = 200
  await attio.control.clock.advance(5 * minute)
  assert.equal(attio.control.webhooks.deliveries()[0]?.status, 'delivered')
})

test('the deadline is five seconds of the local Attio’s clock', async () => {
  const time = testTime()
  const attio = createReceivingAttio({ clock: time })
  await subscribe(attio)
  attio.answer = 'silent'
  addTasks(attio, 1)
  await new Promise((resolve) => setImmediate(resolve))
  assert.equal(attio.received.length, 1)
  await time.advance(4999)
  assert.equal(attio.control.webhooks.deliveries()[0]?.attempts.length, 0)
  await time.advance(1)
  await new Promise((resolve) => setImmediate(resolve))
  assert.equal(attio.control.webhooks.deliveries()[0]?.attempts[0]?.durationMs, 5000)
})

/** A source of time that the test moves. */
function testTime() {
  let now = noon
  const waits = new Set<{ at: number; resolve: () => void }>()
  return {
    now: () => now,
    wait: (ms: number) =>
      new Promise<void>((resolve) => {
        waits.add({ at: now + ms, resolve })
      }),
    advance: async (ms: number) => {
      now += ms
      for (const wait of waits) {
        if (wait.at > now) continue
        waits.delete(wait)
        wait.resolve()
      }
      await new Promise((resolve) => setImmediate(resolve))
    },
  }
}

test('waiting messages go to a webhook’s new target at its rate limit', async () => {
  const attio = createReceivingAttio()
  const { id } = await subscribe(attio)
  attio.answer = 500
  const ids = addTasks(attio, 30)
  await attio.control.webhooks.settle()
  assert.equal(attio.received.length, 25)
  attio.received.length = 0
  attio.answer = 200
  const moved = 'https://moved.example/attio'
  await attio.call('PATCH', `/v2/webhooks/${id}`, { data: { target_url: moved } })
  await attio.control.clock.advance(10 * minute)
  assert.deepEqual(new Set(attio.received.flatMap((one) => one.taskIds)), new Set(ids))
  assert.deepEqual([...new Set(attio.received.map((one) => one.url))], [moved])
})

test('a restart during the back-off loses no message and sends due ones at once', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'local-attio-'))
  const data = join(directory, 'attio.db')
  try {
    const first = createReceivingAttio({ data })
    await subscribe(first)
    first.answer = 500
    addTasks(first, 5)
    await first.control.clock.advance(hour)
    const saved = JSON.stringify(first.control.save())
    const keys = new Set(first.received.map((one) => one.key))
    first.close()

    const arrived: string[] = []
    const note: typeof first.fetch = async (_url, init) => {
      arrived.push(new Headers(init?.headers).get('idempotency-key') ?? '')
      return new Response()
    }
    const second = createLocalAttio({ data, clock: { now: () => noon + hour }, deliver: note })
    assert.equal(JSON.stringify(second.control.save()), saved)
    await second.control.webhooks.settle()
    assert.deepEqual(arrived, [], 'nothing is due yet')
    second.close()

    const third = createLocalAttio({ data, clock: { now: () => noon + 2 * day }, deliver: note })
    await third.control.webhooks.settle()
    assert.deepEqual(new Set(arrived), keys)
    assert.equal(arrived.length, 5)
    third.close()
  } finally {
    rmSync(directory, { recursive: true })
  }
})

test('a message being sent when the local Attio closes is sent again after a restart', async () => {
  const attio = createReceivingAttio()
  await subscribe(attio)
  attio.answer = 'silent'
  addTasks(attio, 2)
  await new Promise((resolve) => setImmediate(resolve))
  assert.equal(attio.received.length, 2)
  const saved = JSON.stringify(attio.control.save())
  attio.close()
  await attio.control.webhooks.settle()
  assert.equal(JSON.stringify(attio.control.save()), saved, 'nothing is written after the end')
  const again = createReceivingAttio({ seed: readWorldState(saved) })
  assert.equal(again.control.webhooks.deliveries({ status: 'waiting' }).length, 2)
  await again.control.webhooks.settle()
  assert.deepEqual(
    again.received.map((one) => one.key),
    attio.received.map((one) => one.key),
  )
})

test('a reset forgets messages being sent', async () => {
  const attio = createReceivingAttio()
  await subscribe(attio)
  attio.answer = 500
  addTasks(attio, 30)
  await attio.control.webhooks.settle()
  addTasks(attio, 1)
  attio.control.reset('no-tasks')
  await attio.control.clock.advance(4 * day)
  assert.equal(attio.received.length, 25)
  const fresh = createLocalAttio({ seed: 'no-tasks', clock: { now: () => noon } })
  assert.equal(JSON.stringify(attio.control.save()), JSON.stringify(fresh.control.save()))
})

test('only the latest 1,000 finished deliveries are kept', async () => {
  const attio = createReceivingAttio()
  await subscribe(attio)
  attio.control.webhooks.settings.perSecond = Infinity
  const ids = addTasks(attio, 1100)
  await attio.control.webhooks.settle()
  assert.equal(attio.received.length, ids.length)
  const kept = attio.control.webhooks.deliveries({ status: 'delivered' })
  assert.equal(kept.length, 1000)
  assert.match(kept[0]?.body ?? '', new RegExp(ids[100] ?? ''))
})
