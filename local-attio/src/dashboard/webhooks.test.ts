import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { z } from 'zod'
import { createVisitor } from '../pages/for-tests/visitor.ts'
import { standard } from '../seed/standard.ts'
import { withApp } from './for-tests/with-app.ts'

const target = 'https://hooks.example/attio'

test('a webhook is created, its secret is shown, and a signed test event reaches its target', async () => {
  const sent: { url: string; body: string; signature: string | null }[] = []
  const { attio, visitor } = await withApp('Hooks', {
    deliver: async (url, init) => {
      const request = new Request(url, init)
      const signature = request.headers.get('attio-signature')
      sent.push({ url: request.url, body: await request.text(), signature })
      return new Response(null, { status: 204 })
    },
  })
  await visitor.follow('Webhooks')
  assert.match(visitor.page.text, /No webhooks yet\./)
  await visitor.press('Create webhook', {
    Workspace: 'Acme Robotics',
    'Target URL': target,
    'note.created': true,
    'task.deleted': false,
  })
  assert.match(visitor.page.text, /Webhook created\. Its secret is below\./)
  const [webhook] = attio.control.world.webhooks.all()
  assert.deepEqual(webhook?.subscriptions.map(({ eventType }) => eventType).toSorted(), [
    'note.created',
    'task.created',
    'task.updated',
  ])
  assert.ok(visitor.page.html.includes(`value="${webhook?.secret}"`))
  await visitor.press('Send test event', { Event: 'task.updated' })
  assert.match(visitor.page.text, /Test event on its way/)
  await attio.control.webhooks.settle()
  const [delivery] = sent
  assert.equal(delivery?.url, target)
  const { events } = z
    .object({ events: z.array(z.object({ event_type: z.string() })) })
    .parse(JSON.parse(delivery?.body ?? ''))
  assert.equal(events[0]?.event_type, 'task.updated')
  const expected = createHmac('sha256', webhook?.secret ?? '').update(delivery?.body ?? '')
  assert.equal(delivery?.signature, expected.digest('hex'))
  await visitor.follow('Webhooks')
  assert.match(visitor.page.text, /task\.updated delivered after 1 attempt, answered 204/)
})

test('a problem is shown beside its field, and the input is kept', async () => {
  const { attio, visitor, appId } = await withApp('Hooks')
  await visitor.follow('Webhooks')
  const nothing = { 'task.created': false, 'task.updated': false, 'task.deleted': false }
  const wrong = await visitor.press('Create webhook', {
    'Target URL': 'http://a.example',
    ...nothing,
  })
  assert.equal(wrong.status, 400)
  assert.match(wrong.text, /Enter an https address/)
  assert.match(wrong.text, /Tick at least one event/)
  assert.match(wrong.html, /value="http:\/\/a\.example"/)
  await visitor.press('Create webhook', { 'Target URL': target, 'task.created': true })
  await visitor.press('Create webhook', { 'Target URL': target })
  assert.match(visitor.page.text, /One of these events goes to this address already/)
  const foreign = await visitor.post(`/developers/apps/${appId}/webhooks`, {
    workspace: 'elsewhere',
    target_url: target,
    'events[]': 'note.created',
  })
  assert.match(foreign.text, /Pick a workspace in which you are an admin/)
  assert.equal(attio.control.world.webhooks.size, 1)
})

test('only an admin of the workspace sees, tests and deletes its webhooks', async () => {
  const { attio, visitor } = await withApp('Hooks')
  await visitor.follow('Webhooks')
  await visitor.press('Create webhook', { Workspace: 'Acme Robotics', 'Target URL': target })
  const [webhook] = attio.control.world.webhooks.all()
  for (const person of [standard.people.ben, standard.people.edith]) {
    const stranger = createVisitor(attio)
    await stranger.signIn(person)
    const here = `/developers/apps/${attio.clientId}/webhooks`
    assert.ok(!(await stranger.open(here)).html.includes(target))
    await stranger.post(`${here}/${webhook?.id}/deletion`)
    await stranger.post(`${here}/${webhook?.id}/test-event`, { event: 'task.created' })
    assert.match(stranger.page.text, /No test event was sent/)
  }
  assert.equal(attio.control.webhooks.deliveries().length, 0)
  await visitor.open(visitor.page.address)
  await visitor.press(`Yes, delete the webhook to ${target}`)
  assert.equal(attio.control.world.webhooks.size, 0)
})

test('webhooks created with tokens are not shown, as in Attio', async () => {
  const { attio, visitor } = await withApp('Hooks')
  const answer = await attio.call('POST', '/v2/webhooks', {
    data: {
      target_url: target,
      subscriptions: [{ event_type: 'task.created', filter: null }],
    },
  })
  assert.equal(answer.status, 200)
  await visitor.follow('Webhooks')
  assert.match(visitor.page.text, /No webhooks yet\./)
})
