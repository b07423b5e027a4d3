// Taskr accepts deliveries only from Attio, and only unaltered.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { forge } from '../../../testing/in-process/forged-deliveries.ts'
import { countRows } from '../../../testing/in-process/stored-bytes.ts'
import { bodyOf, deliver, webhooksAtAttio } from '../../../testing/in-process/webhook-deliveries.ts'
import { connect, createWorld } from '../../../testing/in-process/testbed.ts'

/** The full run: TASKR_TEST_FORGERIES=100000 node --test app/webhooks/inbox/forged-deliveries.test.ts */
const forgeries = Number(process.env['TASKR_TEST_FORGERIES'] ?? 1_240)

suite('forged deliveries', () => {
  test(`RL-13 none of ${forgeries} forged or altered deliveries is accepted, and nothing is written`, async (context) => {
    await using world = await createWorld({ attio: { seed: 'one-task' } })
    const jo = await world.connected()
    await connect(world.attio, jo, { workspace: 'globex' })
    await world.taskr.idle()
    const [webhook, other] = webhooksAtAttio(world)
    assert.ok(webhook && other)
    const body = bodyOf(webhook, 'a-task')
    const statuses = new Map<number, number>()
    const kinds = new Set<string>()
    for (let number = 0; number < forgeries; number++) {
      const { name, ...letter } = forge({ webhook, other, body }, number)
      const status = await deliver(world, webhook, { ...letter, key: String(number) })
      assert.ok(status === 401 || status === 404, `${name} (${number}): ${status}`)
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      kinds.add(name)
    }
    const url = world.environment['DATABASE_URL'] ?? ''
    assert.equal(await countRows(url, 'webhook_deliveries'), 0)
    assert.equal(await countRows(url, 'refetch_requests'), 0)
    // The original that they were made from is accepted, once.
    assert.equal(await deliver(world, webhook, { body, key: 'right' }), 202)
    for (let replay = 0; replay < 100; replay++) {
      assert.equal(await deliver(world, webhook, { body, key: 'right' }), 202)
    }
    assert.equal(await countRows(url, 'webhook_deliveries'), 1)
    const counts = [...statuses].map(([status, count]) => `${count} times ${status}`).join(', ')
    context.diagnostic(`${forgeries} forgeries of ${kinds.size} kinds: 0 accepted (${counts})`)
  })

  test('RL-32 a delivery of more than 64 KB is refused without being read', async () => {
    await using world = await createWorld({ attio: { seed: 'one-task' } })
    await world.connected()
    const [webhook] = webhooksAtAttio(world)
    assert.ok(webhook)
    assert.equal(await deliver(world, webhook, { body: 'x'.repeat(64 * 1024 + 1) }), 413)
    assert.equal(await deliver(world, webhook, { body: 'x'.repeat(64 * 1024) }), 202)
  })

  test('the webhook address accepts only POST, from any origin, and sets no cookie', async () => {
    await using world = await createWorld({ attio: { seed: 'one-task' } })
    await world.connected()
    const [webhook] = webhooksAtAttio(world)
    assert.ok(webhook)
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const headers = { 'sec-fetch-site': 'same-origin' }
      const answer = await world.taskr.fetch(new Request(webhook.targetUrl, { method, headers }))
      assert.equal(answer.status, 405, method)
      assert.equal(answer.headers.get('allow'), 'POST')
    }
    const answer = await world.taskr.fetch(
      new Request(webhook.targetUrl, {
        method: 'POST',
        body: '{}',
        headers: { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
      }),
    )
    assert.equal(answer.status, 401)
    assert.equal(await answer.text(), '')
    assert.equal(answer.headers.get('set-cookie'), null)
  })
})
