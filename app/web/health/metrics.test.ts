// The figures that Prometheus reads.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { createWorld } from '../../../testing/in-process/testbed.ts'

const token = 'a-token-of-more-than-20-letters'
const environment = { TASKR_METRICS_TOKEN: token }
const authorization = `Bearer ${token}`

suite('metrics', () => {
  test('without a token in the settings there is no such address', async () => {
    await using world = await createWorld()
    assert.equal((await world.browser().get('/metrics')).status, 404)
  })

  test('only the holder of the token reads the figures', async () => {
    await using world = await createWorld({ environment })
    for (const given of ['', 'Bearer', 'Bearer x', `Bearer ${token}x`, `Basic ${token}`, token]) {
      const { status, body } = await ask(world.taskr.fetch, given)
      assert.deepEqual([status, body], [401, 'TASKR_METRICS_TOKEN is needed\n'], given)
    }
    const { status, type } = await ask(world.taskr.fetch, authorization)
    assert.equal(status, 200)
    assert.match(type, /^text\/plain; version=0\.0\.4/)
  })

  test('a worker serves the figures, too', async () => {
    await using world = await createWorld({ environment: { ...environment, TASKR_ROLE: 'worker' } })
    assert.equal((await ask(world.taskr.fetch, authorization)).status, 200)
  })

  test('requests, events and the process are counted, and no label names a person or a task', async () => {
    await using world = await createWorld({ environment })
    const jo = await world.connected()
    await jo.get('/no-such-page')
    await world.taskr.fetch(new Request('http://localhost:3050/', { method: 'BREW' }))
    const { body } = await ask(world.taskr.fetch, authorization)
    assert.match(body, /^taskr_request_seconds_count\{method="GET",status="404"\} 1$/m)
    assert.match(body, /^taskr_request_seconds_count\{method="other",status="40\d"\} 1$/m)
    assert.match(body, /^taskr_events_total\{event="accounts.signed-up",level="info"\} 1$/m)
    assert.match(body, /^nodejs_eventloop_lag_p99_seconds /m)
    assert.doesNotMatch(body, /no-such-page|\bjo\b|[0-9a-f]{8}-[0-9a-f]{4}/)
  })

  test('each queue is counted, with how late its first piece of work is', async () => {
    await using world = await createWorld({ environment })
    const jo = await world.connected()
    const owner = await world.ownerOf(jo)
    const before = await ask(world.taskr.fetch, authorization)
    assert.match(before.body, /^taskr_queue_due\{queue="changes"\} 0$/m)
    assert.match(before.body, /^taskr_queue_late_seconds\{queue="changes"\} 0$/m)
    world.attio.control.faults.add({ method: 'PATCH', answer: { status: 503 } })
    const [task] = await world.taskr.parts.mirror.listTasks(
      [{ ...owner, sees: 'everyone', memberId: undefined }],
      { isCompleted: false, whose: { kind: 'everyone' }, limit: 1, offset: 0 },
    )
    assert.ok(task)
    const changed = { ...owner, taskId: task.taskId }
    await world.taskr.parts.changes.update(changed, { isCompleted: true }, 'key')
    await world.advanceUntil(world.taskr.idle())
    await world.taskr.parts.sync.syncByTime(owner.connectionId)
    await world.clock.advance(3_600_000)
    const { body } = await ask(world.taskr.fetch, authorization)
    assert.match(body, /^taskr_queue_due\{queue="changes"\} 1$/m)
    const [, late = ''] = /^taskr_queue_late_seconds\{queue="changes"\} (\d+)/m.exec(body) ?? []
    assert.ok(Number(late) > 1_800 && Number(late) <= 3_600, late)
    assert.match(body, /^taskr_queue_due\{queue="syncs"\} 1$/m)
  })
})

type Fetch = (request: Request) => Promise<Response>

async function ask(fetch: Fetch, given: string) {
  const request = new Request('http://10.0.0.1:3050/metrics', { headers: { authorization: given } })
  const response = await fetch(request)
  const type = response.headers.get('content-type') ?? ''
  return { status: response.status, type, body: await response.text() }
}
