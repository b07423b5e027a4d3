import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { exampleCall, exampleCalls } from '../api/examples/example-calls.ts'
import { standard } from '../seed/standard.ts'
import { startLocalAttio } from '../start.ts'
import { createServer } from 'node:http'
import { once } from 'node:events'
import { subscribableEventTypes } from './event-types.ts'
import { addTasks, ada, createReceivingAttio, subscribe, target } from './for-tests.ts'

test('an edit in Attio is delivered with ids and an actor, but without the task itself', async () => {
  const attio = createReceivingAttio()
  const { id } = await subscribe(attio)
  const [taskId] = addTasks(attio, 1)
  await attio.control.webhooks.settle()
  assert.equal(attio.received.length, 1)
  assert.deepEqual(JSON.parse(attio.received[0]?.body ?? ''), {
    webhook_id: id,
    events: [
      {
        event_type: 'task.created',
        id: { workspace_id: standard.workspaces.acme.id, task_id: taskId },
        actor: { type: 'workspace-member', id: standard.members.adaAtAcme },
      },
    ],
  })
  assert.equal(attio.received[0]?.url, target)
  assert.equal(attio.received[0]?.headers.get('content-type'), 'application/json')
})

test('an edit over the API is delivered with the app as the actor', async () => {
  const attio = createReceivingAttio()
  await subscribe(attio, ['task.deleted'])
  const [taskId] = addTasks(attio, 1)
  await attio.call('DELETE', `/v2/tasks/${taskId}`)
  await attio.control.webhooks.settle()
  assert.match(attio.received[0]?.body ?? '', new RegExp(`"type":"app","id":"${attio.clientId}"`))
})

test('RL-13 both signature headers hold the HMAC-SHA256 of the body', async () => {
  const attio = createReceivingAttio()
  const { secret } = await subscribe(attio)
  addTasks(attio, 1)
  await attio.control.webhooks.settle()
  const [message] = attio.received
  const expected = await hmac(secret, message?.body ?? '')
  assert.match(expected, /^[0-9a-f]{64}$/)
  assert.equal(message?.headers.get('attio-signature'), expected)
  assert.equal(message?.headers.get('x-attio-signature'), expected)
})

/** Computes an HMAC by RFC 2104 with the Web's digest; shares no code with the implementation. */
async function hmac(secret: string, text: string): Promise<string> {
  const sha256 = async (...parts: Uint8Array[]) =>
    new Uint8Array(await crypto.subtle.digest('SHA-256', Buffer.concat(parts)))
  const key = new Uint8Array(64)
  const bytes = new TextEncoder().encode(secret)
  key.set(bytes.length > 64 ? await sha256(bytes) : bytes)
  const pad = (mask: number) => key.map((byte) => byte ^ mask)
  const inner = await sha256(pad(0x36), new TextEncoder().encode(text))
  return Buffer.from(await sha256(pad(0x5c), inner)).toString('hex')
}

test('only subscribed events of the webhook’s own workspace are delivered', async () => {
  const attio = createReceivingAttio()
  await subscribe(attio, ['task.updated'])
  const [taskId = ''] = addTasks(attio, 1)
  attio.control.as(ada).completeTask(taskId)
  attio.control.as(ada).deleteTask(taskId)
  const elsewhere = attio.control.as({ ...ada, workspace: 'globex' })
  elsewhere.completeTask(elsewhere.addTask({ content: 'Not here' }).id)
  await attio.control.webhooks.settle()
  assert.deepEqual(
    attio.received.map((one) => one.taskIds),
    [[taskId]],
  )
})

test('every edit over the API is delivered with the ids that Attio names', async () => {
  const attio = createReceivingAttio({ seed: 'standard' })
  attio.control.webhooks.settings.perSecond = Infinity
  await subscribe(attio, subscribableEventTypes)
  for (const [operation] of exampleCalls(attio)) {
    const { method, path, body } = exampleCall(attio, operation)
    if (!operation.startsWith('webhooks.')) await attio.call(method, path, body)
  }
  await attio.control.webhooks.settle()
  const told = new Map<string, string[]>()
  for (const { body } of attio.received) {
    const event = delivered.parse(JSON.parse(body)).events[0]
    if (event) told.set(event.event_type, Object.keys(event.id))
  }
  const list = ['workspace_id', 'list_id']
  const entry = [...list, 'entry_id']
  const record = ['workspace_id', 'object_id', 'record_id']
  const attribute = ['workspace_id', 'object_id', 'attribute_id']
  assert.deepEqual(Object.fromEntries(told), {
    'call-recording.created': ['workspace_id', 'meeting_id', 'call_recording_id'],
    'comment.created': ['workspace_id', 'comment_id'],
    'comment.deleted': ['workspace_id', 'comment_id'],
    'list-entry.created': entry,
    'list-entry.deleted': entry,
    'list-entry.updated': [...entry, 'attribute_id'],
    'list.created': list,
    'list.updated': list,
    'note.created': ['workspace_id', 'note_id'],
    'note.deleted': ['workspace_id', 'note_id'],
    'note.updated': ['workspace_id', 'note_id'],
    'object-attribute.created': attribute,
    'object-attribute.updated': attribute,
    'record.created': record,
    'record.deleted': record,
    'record.merged': record,
    'record.updated': [...record, 'attribute_id'],
    'task.created': ['workspace_id', 'task_id'],
    'task.deleted': ['workspace_id', 'task_id'],
    'task.updated': ['workspace_id', 'task_id'],
  })
})

const delivered = z.object({
  events: z.array(z.object({ event_type: z.string(), id: z.record(z.string(), z.string()) })),
})

test('a target that the API would refuse gets no delivery', async () => {
  const attio = createReceivingAttio()
  const { id } = await subscribe(attio)
  const { world } = attio.control
  const webhook = world.webhooks.get(id)
  assert.ok(webhook)
  world.transact(() => world.webhooks.put({ ...webhook, targetUrl: 'http://10.0.0.1/hook' }))
  addTasks(attio, 1)
  await attio.control.webhooks.settle()
  assert.deepEqual(attio.received, [])
  const [delivery] = attio.control.webhooks.deliveries()
  assert.equal(delivery?.attempts[0]?.problem, 'Only https, or http to this machine, is allowed.')
})

test('an edit that was rolled back is not delivered', async () => {
  const attio = createReceivingAttio()
  await subscribe(attio)
  const { world } = attio.control
  assert.throws(() =>
    world.transact(() => {
      addTasks(attio, 1)
      throw new Error('no')
    }),
  )
  await attio.control.webhooks.settle()
  assert.deepEqual(attio.received, [])
  assert.deepEqual(attio.control.webhooks.deliveries(), [])
})

test('two webhooks for one event get a message each; one webhook with two subscriptions gets one', async () => {
  const attio = createReceivingAttio()
  const own = (value: string) => ({ $or: [{ field: 'actor.type', operator: 'equals', value }] })
  await subscribe(attio)
  await subscribe(attio, ['task.created'], { url: `${target}/two` })
  await attio.call('POST', '/v2/webhooks', {
    data: {
      target_url: `${target}/three`,
      subscriptions: [
        { event_type: 'task.created', filter: null },
        { event_type: 'task.created', filter: own('workspace-member') },
      ],
    },
  })
  addTasks(attio, 1)
  await attio.control.webhooks.settle()
  assert.deepEqual(attio.received.map((one) => one.url).sort(), [
    target,
    `${target}/three`,
    `${target}/two`,
  ])
  assert.equal(new Set(attio.received.map((one) => one.key)).size, 3)
})

test('a message that is due arrives under a frozen clock', async () => {
  const attio = createReceivingAttio()
  await subscribe(attio)
  attio.control.clock.freeze()
  addTasks(attio, 2)
  await attio.control.webhooks.settle()
  assert.equal(attio.received.length, 2)
})

test('a message leaves after the answer to the request that caused it', async () => {
  const attio = createReceivingAttio()
  await subscribe(attio)
  const data = {
    content: 'Over the API',
    format: 'plaintext',
    deadline_at: null,
    is_completed: false,
    linked_records: [],
    assignees: [],
  }
  await attio.call('POST', '/v2/tasks', { data })
  assert.equal(attio.received.length, 0)
  await attio.control.webhooks.settle()
  assert.equal(attio.received.length, 1)
})

test('a test event has made-up ids and is signed and stored like any other', async () => {
  const attio = createReceivingAttio()
  const { id } = await subscribe(attio, ['task.created', 'note.created'])
  const sent = attio.control.webhooks.sendTestEvent(id, 'note.created')
  await attio.control.webhooks.settle()
  assert.equal(attio.received[0]?.key, sent?.id)
  assert.match(attio.received[0]?.body ?? '', /"event_type":"note.created".*"note_id":/)
  assert.equal(attio.control.webhooks.deliveries({ webhookId: id })[0]?.status, 'delivered')
  const unknownId = '00000000-0000-4000-8000-000000000000'
  assert.equal(attio.control.webhooks.sendTestEvent(unknownId, 'note.created'), undefined)
})

test('removing a webhook removes its messages', async () => {
  const attio = createReceivingAttio()
  attio.answer = 500
  const { id } = await subscribe(attio)
  addTasks(attio, 3)
  await attio.control.webhooks.settle()
  assert.equal(attio.received.length, 3)
  await attio.call('DELETE', `/v2/webhooks/${id}`)
  await attio.control.clock.advance(3 * 24 * 60 * 60 * 1000)
  assert.equal(attio.received.length, 3)
  assert.deepEqual(attio.control.webhooks.deliveries(), [])
})

test('removing an app from a workspace removes the webhooks that its tokens made there', async () => {
  const attio = createReceivingAttio()
  await subscribe(attio)
  attio.control.removeApp(attio.clientId, 'acme')
  addTasks(attio, 1)
  await attio.control.webhooks.settle()
  assert.deepEqual(attio.received, [])
})

test('over sockets: a receiver on this machine gets the bytes that were signed', async () => {
  const { requests, deliveries } = await deliverTo(202)
  const [delivery] = deliveries
  assert.equal(delivery?.status, 'delivered')
  assert.deepEqual(requests, [`POST /hook application/json ${delivery.body}`])
})

test('over sockets: a redirect is a failed attempt and is not followed', async () => {
  const { requests, deliveries } = await deliverTo(307)
  assert.equal(requests.length, 1)
  assert.equal(deliveries[0]?.status, 'waiting')
  assert.equal(deliveries[0].attempts[0]?.status, 307)
})

/** Sends one event to a server that always answers with this status. */
async function deliverTo(status: number) {
  const requests: string[] = []
  const receiver = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
    request.on('end', () => {
      requests.push(`${request.method} ${request.url} ${request.headers['content-type']} ${body}`)
      response.writeHead(status, { location: '/elsewhere' }).end()
    })
  }).listen(0, '127.0.0.1')
  await once(receiver, 'listening')
  const address = receiver.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const attio = await startLocalAttio({ port: 0, seed: 'no-tasks' })
  try {
    attio.control.webhooks.create({
      workspaceId: standard.workspaces.acme.id,
      targetUrl: `http://127.0.0.1:${port}/hook`,
      subscriptions: [{ eventType: 'task.created', filter: null }],
    })
    attio.control.as(ada).addTask({ content: '🚀 <script>' })
    await attio.control.webhooks.settle()
    return { requests, deliveries: attio.control.webhooks.deliveries() }
  } finally {
    await attio.stop()
    receiver.close()
    receiver.closeAllConnections()
  }
}
