import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addTasks, createReceivingAttio, subscribe, target, type Received } from './for-tests.ts'

test('a target gets at most 25 deliveries in any second, in the order of events', async () => {
  const attio = createReceivingAttio()
  await subscribe(attio)
  const ids = addTasks(attio, 60)
  await attio.control.webhooks.settle()
  assert.equal(attio.received.length, 25)
  await attio.control.clock.advance(600)
  ids.push(...addTasks(attio, 40))
  await attio.control.clock.advance(10_000)
  assert.deepEqual(
    attio.received.flatMap((one) => one.taskIds),
    ids,
  )
  assert.equal(mostInASecond(attio.received), 25)
  const begin = attio.received[0]?.at ?? 0
  assert.equal((attio.received.at(-1)?.at ?? 0) - begin, 3000, '100 deliveries take 3 seconds')
})

test('the limit is per target: two webhooks share it, another target has its own', async () => {
  const attio = createReceivingAttio()
  await subscribe(attio, ['task.created'])
  await subscribe(attio, ['task.created'], {
    filter: { $and: [{ field: 'actor.type', operator: 'equals', value: 'workspace-member' }] },
  })
  await subscribe(attio, ['task.created'], { url: `${target}/other` })
  addTasks(attio, 20)
  await attio.control.webhooks.settle()
  const at = (url: string) => attio.received.filter((one) => one.url === url)
  assert.equal(at(target).length, 25)
  assert.equal(at(`${target}/other`).length, 20)
  await attio.control.clock.advance(1000)
  assert.equal(at(target).length, 40)
})

test('retries of a receiver that was down come back at the rate, too', async () => {
  const attio = createReceivingAttio()
  await subscribe(attio)
  attio.answer = 'dead'
  addTasks(attio, 200)
  await attio.control.clock.advance(60 * 60 * 1000)
  attio.answer = 200
  attio.received.length = 0
  await attio.control.clock.advance(60 * 60 * 1000)
  assert.equal(attio.received.length, 200)
  assert.equal(mostInASecond(attio.received), 25)
})

test('setting the clock back does not stop deliveries', async () => {
  const attio = createReceivingAttio()
  await subscribe(attio)
  addTasks(attio, 25)
  await attio.control.webhooks.settle()
  attio.control.clock.freeze(Date.UTC(2020, 0, 1))
  addTasks(attio, 5)
  await attio.control.webhooks.settle()
  assert.equal(attio.received.length, 30)
})

/** Returns the most deliveries in any window of 1,000 ms. */
function mostInASecond(received: readonly Received[]): number {
  return Math.max(
    ...received.map(
      ({ at }) => received.filter((one) => one.at >= at && one.at < at + 1000).length,
    ),
  )
}
