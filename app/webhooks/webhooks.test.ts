// Webhooks end to end, from an edit in Attio to the list, with the losses that may happen on the way.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { suite, test } from 'node:test'
import { standard } from '@taskr/local-attio'
import fc from 'fast-check'
import { z } from 'zod'
import { connectionIdsIn, wordsOf } from '../../testing/in-process/page-text.ts'
import {
  ada,
  addTask,
  bodyOf,
  deliver,
  until,
  webhooksAtAttio,
} from '../../testing/in-process/webhook-deliveries.ts'
import { connect, createWorld, type World } from '../../testing/in-process/testbed.ts'
import { worldsPerTest } from '../../testing/in-process/worlds-per-test.ts'

const open = worldsPerTest()

suite('webhooks', () => {
  test('a change in Attio reaches the list by itself, and costs Attio one read', async () => {
    const world = await open()
    const jo = await world.connected()
    const syncs = world.sent('/v2/tasks')
    const task = addTask(world, 'Ring the bell')
    await world.delivered()
    assert.match((await jo.get('/?view=open')).body, /Ring the bell/)
    assert.equal(world.sent(`/v2/tasks/${task.id}`), 1)
    ada(world).deleteTask(task.id)
    await world.delivered()
    assert.doesNotMatch((await jo.get('/?view=open')).body, /Ring the bell/)
    assert.equal(world.sent('/v2/tasks'), syncs)
  })

  test('an open list costs two reads in a quarter of an hour: of its webhook and of what Taskr may do', async () => {
    const world = await open()
    const jo = await world.connected()
    const reads = () => ['/v2/tasks', '/v2/webhooks', '/v2/self'].map((path) => world.sent(path))
    const [tasks = 0, webhooks = 0, self = 0] = reads()
    const view = async (): Promise<void> => {
      await jo.get('/')
      await world.advanceUntil(world.taskr.idle())
    }
    await view()
    await world.clock.advance(14 * 60_000)
    await view()
    assert.deepEqual(reads(), [tasks, webhooks, self])
    await world.clock.advance(2 * 60_000)
    for (let views = 0; views < 3; views += 1) await view()
    assert.deepEqual(reads(), [tasks, webhooks + 1, self + 1])
  })

  test('a scope that was taken away is told on an open list within a quarter of an hour, while the webhook lives', async () => {
    const world = await open()
    const jo = await world.connected()
    const { world: stored } = world.attio.control
    stored.transact(() => {
      for (const token of stored.accessTokens.all()) {
        const scopes = token.scopes.filter((scope) => !scope.startsWith('task:'))
        stored.accessTokens.put({ ...token, scopes: [...scopes, 'task:read'] })
      }
    })
    await world.clock.advance(16 * 60_000)
    await jo.get('/')
    await world.advanceUntil(world.taskr.idle())
    assert.match((await jo.get('/')).body, /Tasks: Read-write/)
    assert.equal(webhooksAtAttio(world).length, 1)
  })

  test('a webhook that was removed at Attio is made again when the list is opened, and the copy is synced', async () => {
    const world = await open()
    const jo = await world.connected()
    const [webhook] = webhooksAtAttio(world)
    assert.ok(webhook)
    const { world: stored } = world.attio.control
    stored.transact(() => stored.webhooks.remove(webhook.id))
    addTask(world, 'Not told by a webhook')
    await world.clock.advance(16 * 60_000)
    await jo.get('/')
    await world.advanceUntil(world.taskr.idle())
    assert.equal(webhooksAtAttio(world).length, 1)
    assert.match((await jo.get('/?view=open')).body, /Not told by a webhook/)
  })

  test('a new member of the workspace appears without a full sync', async () => {
    const world = await open()
    await world.connected()
    const [webhook] = webhooksAtAttio(world)
    assert.ok(webhook)
    const before = world.sent('/v2/workspace_members')
    const body = bodyOf(webhook, 'x').replace('task.updated', 'workspace-member.created')
    const id = body.replace('task_id', 'workspace_member_id')
    assert.equal(await deliver(world, webhook, { body: id }), 202)
    await world.taskr.idle()
    assert.equal(world.sent('/v2/workspace_members'), before + 1)
  })

  test('unknown events are accepted and ignored', async () => {
    const world = await open()
    await world.connected()
    const [webhook] = webhooksAtAttio(world)
    assert.ok(webhook)
    const before = world.attio.control.journal.count()
    assert.equal(await deliver(world, webhook, { body: bodyOf(webhook, 'x', 'note.created') }), 202)
    await world.taskr.idle()
    assert.equal(world.attio.control.journal.count(), before)
  })

  test('a signed but unreadable body makes a full sync due', async () => {
    const world = await open()
    await world.connected()
    const [webhook] = webhooksAtAttio(world)
    assert.ok(webhook)
    const before = world.sent('/v2/tasks')
    assert.equal(await deliver(world, webhook, { body: '{"events": 7' }), 202)
    await world.taskr.idle()
    assert.ok(world.sent('/v2/tasks') > before)
  })

  test('RL-14 the same message has no second effect, for four days', async () => {
    const world = await open()
    const jo = await world.connected()
    const task = addTask(world, 'Once')
    await world.delivered()
    const [webhook] = webhooksAtAttio(world)
    assert.ok(webhook)
    const body = bodyOf(webhook, task.id)
    const path = `/v2/tasks/${task.id}`
    assert.equal(await deliver(world, webhook, { body, key: 'one' }), 202)
    await world.taskr.idle()
    const before = world.sent(path)
    for (let day = 0; day <= 4; day++) {
      assert.equal(await deliver(world, webhook, { body, key: 'one' }), 202)
      await world.taskr.idle()
      assert.equal(world.sent(path), before)
      await world.clock.advance(24 * 3_600_000 - 1)
    }
    assert.match((await jo.get('/?view=open')).body, /Once/)
  })

  test('RL-14 equal bodies with other keys cause one read while the first is unprocessed', async () => {
    const world = await open()
    await world.connected()
    const task = addTask(world, 'Twice')
    await world.delivered()
    const [webhook] = webhooksAtAttio(world)
    assert.ok(webhook)
    const path = `/v2/tasks/${task.id}`
    const heal = world.attio.control.faults.add({ path, answer: { status: 500 } })
    const body = bodyOf(webhook, task.id)
    await deliver(world, webhook, { body, key: 'first' })
    await world.advanceUntil(world.taskr.idle())
    heal()
    const before = world.sent(path)
    for (let copy = 0; copy < 50; copy++) await deliver(world, webhook, { body, key: `k${copy}` })
    world.taskr.startWorking()
    assert.ok(await until(world, () => world.sent(path) > before))
    await world.clock.advance(60_000)
    assert.equal(world.sent(path), before + 1)
  })

  test('RL-14 the second of two updates with equal bodies is seen, even while the first is being read', async () => {
    const world = await open({
      fetch: (real) => async (input, init) => {
        const answer = await real(input, init)
        await gate(new URL(input instanceof Request ? input.url : input).pathname)
        return answer
      },
    })
    let entered = (): void => {}
    let leave: Promise<void> = Promise.resolve()
    let gated = ''
    async function gate(pathname: string): Promise<void> {
      if (pathname !== gated) return
      gated = ''
      entered()
      await leave
    }
    const jo = await world.connected()
    const task = addTask(world, 'Before')
    await world.delivered()
    const due = Date.UTC(2026, 10, 24)
    const inside = Promise.withResolvers<void>()
    const free = Promise.withResolvers<void>()
    entered = inside.resolve
    leave = free.promise
    gated = `/v2/tasks/${task.id}`
    ada(world).updateTask(task.id, { deadlineAt: due })
    await world.attio.control.webhooks.settle()
    await inside.promise
    // The first read has its answer; the second change happens before that answer is stored.
    ada(world).completeTask(task.id)
    await world.attio.control.webhooks.settle()
    free.resolve()
    await world.delivered()
    assert.match((await jo.get('/?view=done')).body, /Before/)
  })

  test('deliveries stored before a restart are processed after it', async () => {
    const world = await open()
    await world.connected()
    const heal = world.attio.control.faults.add({ path: '/v2/tasks/*', answer: { status: 503 } })
    const { id } = addTask(world, 'Survives')
    await world.attio.control.webhooks.settle()
    await world.advanceUntil(world.taskr.idle())
    await world.restart()
    heal()
    const syncs = world.sent('/v2/tasks')
    const reads = world.sent(`/v2/tasks/${id}`)
    world.taskr.startWorking()
    assert.ok(await until(world, () => world.sent(`/v2/tasks/${id}`) > reads))
    assert.equal(world.sent('/v2/tasks'), syncs)
  })

  test('RL-35 a task that can never be read delays no other task of its workspace', async () => {
    const world = await open()
    const jo = await world.connected()
    const bad = addTask(world, 'Poison')
    await world.delivered()
    world.attio.control.faults.add({
      path: `/v2/tasks/${bad.id}`,
      answer: { status: 200, body: '{}' },
    })
    ada(world).completeTask(bad.id)
    for (let number = 0; number < 20; number++) addTask(world, `Fine ${number}`)
    await world.delivered()
    const page = (await jo.get('/?view=no-date')).body
    for (let number = 0; number < 20; number++) assert.match(page, new RegExp(`Fine ${number}<`))
    // After a day of failures a full sync finds it.
    const syncs = world.sent('/v2/tasks')
    await world.clock.advance(24 * 3_600_000)
    world.taskr.startWorking()
    assert.ok(await until(world, () => world.sent('/v2/tasks') > syncs))
    assert.ok(await until(world, async () => /Poison/.test((await jo.get('/?view=done')).body)))
  })

  test('refetches obey Retry-After', async () => {
    const world = await open()
    await world.connected()
    const task = addTask(world, 'Later')
    await world.delivered()
    const path = `/v2/tasks/${task.id}`
    const heal = world.attio.control.faults.add({
      path,
      answer: { status: 429, headers: { 'retry-after': '120' } },
    })
    ada(world).completeTask(task.id)
    await world.delivered()
    heal()
    const before = world.sent(path)
    world.taskr.startWorking()
    await world.clock.advance(115_000)
    await new Promise((done) => void setTimeout(done, 50))
    assert.equal(world.sent(path), before)
    assert.ok(await until(world, () => world.sent(path) > before))
  })

  test('RL-16 RL-17 after dropped, repeated and reordered events, a full sync makes the mirror equal to Attio', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(5), fc.nat(4)), { minLength: 5, maxLength: 25 }),
        fc.nat(1_000),
        async (edits, seed) => {
          const world = await createWorld({ attio: { seed: 'no-tasks' } })
          try {
            const jo = await world.connected()
            const { faults } = world.attio.control.webhooks
            faults.add({ probability: 0.3, seed, effect: { drop: true } })
            faults.add({ probability: 0.3, seed: seed + 1, effect: { duplicates: 2 } })
            faults.add({ probability: 0.5, seed: seed + 2, effect: { reorder: 2 } })
            const ids: string[] = []
            const tasks = world.attio.control.world.tasks
            for (const [what, which] of edits) {
              const id = ids.at(which % Math.max(1, ids.length))
              const exists = id !== undefined && tasks.get(id) !== undefined
              if (what > 3 && exists) ada(world).deleteTask(id)
              else if (what > 1 && exists)
                ada(world).updateTask(id, { deadlineAt: Date.UTC(2026, 11, 1 + which) })
              else ids.push(addTask(world, `Task ${ids.length}`).id)
              if (which === 0) await world.delivered()
            }
            await world.delivered()
            await world.clock.advance(61_000)
            await jo.post('/tasks/refresh')
            await world.delivered()
            const everything: unknown = JSON.parse(
              (await jo.post('/settings/export/everything.json')).body,
            )
            assert.deepEqual(mirrored(everything), inAttio(world))
          } finally {
            await world.close()
          }
        },
      ),
      { numRuns: Number(process.env['TASKR_TEST_HISTORIES'] ?? 15) },
    )
  })

  test('the page of a connection says how changes arrive', async () => {
    const world = await open()
    const jo = await world.connected()
    const [id = ''] = await connectionIdsIn(jo)
    assert.match(wordsOf((await jo.get(`/connections/${id}`)).body), /Updates live/)
    assert.match(wordsOf((await jo.get('/events')).body), /Webhook created for/)
  })

  test('without an address that Attio can reach there is no webhook, and the page says why', async () => {
    const world = await open({
      environment: { ATTIO_API_URL: 'https://api.attio.example' },
      fetch: (real) => (input, init) =>
        real(
          String(input instanceof Request ? input.url : input).replace(
            'https://api.attio.example',
            'http://localhost:3060',
          ),
          init,
        ),
    })
    const jo = await world.connected()
    const [id = ''] = await connectionIdsIn(jo)
    assert.equal(webhooksAtAttio(world).length, 0)
    assert.match(
      wordsOf((await jo.get(`/connections/${id}`)).body),
      /every minute while you look: Attio sends webhooks only to https addresses/,
    )
  })

  test('without the scope there is no webhook, and the page says why', async () => {
    const world = await open()
    world.attio.registerApp({
      name: 'Taskr',
      redirectUris: ['http://localhost:3050/integrations/attio/callback'],
      scopes: [
        'task:read-write',
        'user_management:read',
        'object_configuration:read',
        'record_permission:read',
      ],
    })
    const jo = await world.signedUp()
    assert.equal((await connect(world.attio, jo)).status, 303)
    await world.taskr.idle()
    const [id = ''] = await connectionIdsIn(jo)
    assert.equal(webhooksAtAttio(world).length, 0)
    assert.match(
      wordsOf((await jo.get(`/connections/${id}`)).body),
      /every minute while you look: the app lacks the permission/,
    )
  })

  test('keys and secrets appear in no export, page or log', async () => {
    const world = await open()
    const jo = await world.connected()
    const [webhook] = webhooksAtAttio(world)
    assert.ok(webhook)
    const key = webhook.targetUrl.slice(webhook.targetUrl.lastIndexOf('/') + 1)
    const body = bodyOf(webhook, 'canary-in-a-body')
    await deliver(world, webhook, { body })
    await deliver(world, webhook, { body: '{"canary-in-a-body":', key: 'a' })
    await deliver(world, webhook, { body, headers: { 'attio-signature': 'canary-signature' } })
    await deliver(world, webhook, { body, url: `${webhook.targetUrl}x` })
    await world.taskr.idle()
    const seen = [
      ...world.logger.lines,
      (await jo.get('/connections')).body,
      (await jo.get('/events')).body,
      (await jo.post('/settings/export/everything.json')).body,
    ].join('\n')
    const hash = createHash('sha256').update(key).digest('base64url')
    for (const canary of [key, hash, webhook.secret, 'canary-in-a-body', 'canary-signature']) {
      assert.ok(!seen.includes(canary), canary)
    }
    assert.ok(seen.includes('/webhooks/attio/:key'))
  })
})

const exported = z.object({
  tasks: z.array(
    z.object({
      taskId: z.string(),
      deadlineAt: z.iso.datetime().transform(Date.parse).nullable(),
      isCompleted: z.boolean(),
    }),
  ),
})

function mirrored(everything: unknown): readonly string[] {
  return exported
    .parse(everything)
    .tasks.map(({ taskId, deadlineAt, isCompleted }) => `${taskId} ${deadlineAt} ${isCompleted}`)
    .toSorted()
}

function inAttio(world: World): readonly string[] {
  return world.attio.control.world.tasks
    .all()
    .filter(({ workspaceId }) => workspaceId === standard.workspaces.acme.id)
    .map(({ id, deadlineAt, isCompleted }) => `${id} ${deadlineAt} ${isCompleted}`)
    .toSorted()
}
