import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import * as fc from 'fast-check'
import type { WebhookEffect } from '../faults/webhook-faults.ts'
import {
  addTasks,
  createReceivingAttio,
  day,
  minute,
  subscribe,
  target,
  type Received,
} from './for-tests.ts'

async function receiving(effect: WebhookEffect, count = 1) {
  const attio = createReceivingAttio()
  const { secret } = await subscribe(attio)
  attio.control.webhooks.faults.add({ effect, count })
  return { attio, secret, webhooks: attio.control.webhooks }
}

test('a duplicate is the same message with the same key', async () => {
  const { attio, webhooks } = await receiving({ duplicates: 2 })
  addTasks(attio, 2)
  await webhooks.settle()
  assert.equal(attio.received.length, 4)
  const [first] = attio.received
  const same = attio.received.filter((one) => one.key === first?.key)
  assert.equal(same.length, 3)
  assert.equal(new Set(same.map((one) => one.body)).size, 1)
  assert.equal(new Set(same.map((one) => one.headers.get('attio-signature'))).size, 1)
})

test('duplicates are not duplicated again', async () => {
  const { attio, webhooks } = await receiving({ duplicates: 1 }, Infinity)
  addTasks(attio, 3)
  await webhooks.settle()
  assert.equal(attio.received.length, 6)
})

test('a delay holds back one message and no other', async () => {
  const { attio, webhooks } = await receiving({ delayMs: 5000 })
  const [late, ...others] = addTasks(attio, 3)
  await webhooks.settle()
  const arrived = () => attio.received.flatMap((one) => one.taskIds)
  assert.deepEqual(arrived(), others)
  await attio.control.clock.advance(4999)
  assert.deepEqual(arrived(), others)
  await attio.control.clock.advance(1)
  assert.deepEqual(arrived(), [...others, late])
})

test('a reordered message lets the given number of others pass', async () => {
  const { attio, webhooks } = await receiving({ reorder: 2 })
  const [a, b, c, d] = addTasks(attio, 4)
  await webhooks.settle()
  assert.deepEqual(
    attio.received.flatMap((one) => one.taskIds),
    [b, c, a, d],
  )
})

test('a message that lets others pass does not wait forever', async () => {
  const { attio, webhooks } = await receiving({ reorder: 1 })
  addTasks(attio, 1)
  await webhooks.settle()
  assert.equal(attio.received.length, 0)
  await attio.control.clock.advance(minute)
  assert.equal(attio.received.length, 1)
})

test('when every message is reordered, neighbours swap places', async () => {
  const { attio, webhooks } = await receiving({ reorder: 1 }, Infinity)
  const [a, b, c, d] = addTasks(attio, 4)
  await webhooks.settle()
  assert.deepEqual(
    attio.received.flatMap((one) => one.taskIds),
    [b, a, d, c],
  )
})

test('a dropped message never arrives and is recorded as dropped', async () => {
  const { attio, webhooks } = await receiving({ drop: true })
  const [, second] = addTasks(attio, 2)
  await attio.control.clock.advance(10 * day)
  assert.deepEqual(
    attio.received.flatMap((one) => one.taskIds),
    [second],
  )
  assert.deepEqual(
    webhooks.deliveries().map((one) => [one.status, one.attempts[0]?.fault]),
    [
      ['dropped', 1],
      ['delivered', null],
    ],
  )
})

test('a bad signature affects one attempt: the retry is signed correctly', async () => {
  for (const signature of ['wrong', 'upper-case', 'truncated', 'doubled', 'missing'] as const) {
    const { attio, webhooks } = await receiving({ signature })
    attio.answer = 401
    addTasks(attio, 1)
    await webhooks.settle()
    attio.answer = 200
    await attio.control.clock.advance(5 * minute)
    const [bad, good] = attio.received.map((one) => one.headers.get('attio-signature'))
    assert.match(good ?? '', /^[0-9a-f]{64}$/)
    assert.notEqual(bad, good, signature)
    assert.equal(bad === null, signature === 'missing')
    assert.equal(attio.received[0]?.headers.get('x-attio-signature'), bad)
  }
})

test('an altered body does not match its signature', async () => {
  const { attio, webhooks } = await receiving({ body: 'altered' })
  webhooks.faults.add({ count: 1, effect: { body: (text) => text.toUpperCase() } })
  addTasks(attio, 3)
  await webhooks.settle()
  const stored = new Map(webhooks.deliveries().map((one) => [one.idempotencyKey, one.body]))
  const isAltered = attio.received.map((one) => one.body !== stored.get(one.key))
  assert.deepEqual(isAltered, [true, true, false])
})

test('a fault can be limited to a webhook, a target, event types and a time', async () => {
  const attio = createReceivingAttio()
  const { id } = await subscribe(attio)
  await subscribe(attio, ['task.created'], { url: `${target}/two` })
  const { faults } = attio.control.webhooks
  const arrivals = async () => {
    attio.received.length = 0
    addTasks(attio, 1)
    await attio.control.webhooks.settle()
    return attio.received.map((one) => one.url)
  }
  const effect = { drop: true }
  const both = [target, `${target}/two`]
  const end = faults.add({ webhookId: id, effect })
  assert.deepEqual(await arrivals(), [`${target}/two`])
  end()
  faults.add({ targetUrl: '*/two', ttlMs: 1000, effect })
  assert.deepEqual(await arrivals(), [target])
  await attio.control.clock.advance(1000)
  assert.deepEqual(await arrivals(), both)
  faults.add({ eventType: 'note.*', effect })
  assert.deepEqual(await arrivals(), both)
  faults.add({ eventType: 'task.*', effect })
  assert.deepEqual(await arrivals(), [])
  assert.equal(faults.list()[0]?.met, 2)
  faults.clear()
  assert.deepEqual(await arrivals(), both)
})

test('the same seed selects the same messages', async () => {
  const run = async (seed: number) => {
    const { attio, webhooks } = await receiving({}, 0)
    webhooks.faults.add({ probability: 0.5, seed, effect: { drop: true } })
    addTasks(attio, 20)
    await webhooks.settle()
    return webhooks.deliveries().map((one) => one.status === 'dropped')
  }
  const first = await run(7)
  assert.deepEqual(await run(7), first)
  assert.notDeepEqual(await run(8), first)
})

const effect = fc.record(
  {
    delayMs: fc.nat(2 * minute),
    reorder: fc.nat(4),
    duplicates: fc.nat(3),
    signature: fc.constantFrom(
      ...(['wrong', 'missing', 'truncated', 'doubled', 'upper-case'] as const),
    ),
    body: fc.constant('altered' as const),
  },
  { requiredKeys: [] },
)

const fault = fc.record({
  effect,
  probability: fc.double({ min: 0, max: 1, noNaN: true }),
  seed: fc.nat(),
})

/** Makes edits, then advances time while the receiver is up or down. Five steps are at most five hours. */
const act = fc.record({
  edits: fc.nat(6),
  ms: fc.nat(60 * minute),
  answer: fc.constantFrom(...([200, 500, 'dead'] as const)),
})

test('every event arrives unaltered at least once under all faults but drops', async () => {
  const stories = fc.tuple(
    fc.array(fault, { maxLength: 4 }),
    fc.array(act, { minLength: 1, maxLength: 5 }),
  )
  await fc.assert(
    fc.asyncProperty(stories, async ([faults, acts]) => {
      const attio = createReceivingAttio()
      const { webhooks, clock } = attio.control
      const { secret } = await subscribe(attio)
      const arrived: string[] = []
      const expected: string[] = []
      for (const one of faults) webhooks.faults.add(one)
      for (const { edits, ms, answer } of acts) {
        attio.answer = (message) => {
          if (!isGenuine(message, secret)) return 401
          if (answer === 200) arrived.push(...message.taskIds)
          return answer
        }
        expected.push(...addTasks(attio, edits))
        await clock.advance(ms)
      }
      webhooks.faults.clear()
      attio.answer = (message) => {
        if (!isGenuine(message, secret)) return 401
        arrived.push(...message.taskIds)
        return 200
      }
      await clock.advance(4 * day)
      assert.deepEqual(new Set(arrived), new Set(expected))
      const records = webhooks.deliveries()
      assert.ok(records.every((one) => one.status === 'delivered'))
      assert.equal(new Set(records.map((one) => one.idempotencyKey)).size, expected.length)
      if (!faults.some((one) => one.effect.duplicates)) {
        assert.equal(arrived.length, expected.length)
      }
    }),
    { numRuns: 60 },
  )
})

function isGenuine({ body, headers }: Received, secret: string): boolean {
  const expected = createHmac('sha256', secret).update(body).digest('hex')
  return headers.get('attio-signature') === expected
}

test('when some deliveries are dropped, exactly their events are missing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fault, { maxLength: 3 }), fault, async (faults, drop) => {
      const attio = createReceivingAttio()
      const { webhooks, clock } = attio.control
      const { secret } = await subscribe(attio)
      for (const one of faults) webhooks.faults.add(one)
      webhooks.faults.add({ ...drop, effect: { drop: true }, ttlMs: 1 })
      attio.answer = (message) => (isGenuine(message, secret) ? 200 : 401)
      const expected = addTasks(attio, 20)
      await clock.advance(60 * minute)
      webhooks.faults.clear()
      await clock.advance(4 * day)
      const dropped = webhooks.deliveries({ status: 'dropped' }).map((one) => one.body)
      const arrived = attio.received
        .filter((message) => isGenuine(message, secret))
        .flatMap((one) => one.taskIds)
      const missing = expected.filter((id) => dropped.some((body) => body.includes(id)))
      assert.deepEqual(new Set(arrived), new Set(expected.filter((id) => !missing.includes(id))))
    }),
    { numRuns: 30 },
  )
})
