// A webhook is made once, despite crashes and failures, and made again when it stops working.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { onEachEngine } from '../../../testing/database/on-each-engine.ts'
import type { FaultAnswer } from '@taskr/local-attio'
import type { Browser } from '../../../testing/in-process/http-browser.ts'
import { connectionIdsIn, wordsOf } from '../../../testing/in-process/page-text.ts'
import {
  changeStored,
  countRows,
  readEveryTable,
} from '../../../testing/in-process/stored-bytes.ts'
import {
  addTask,
  bodyOf,
  createKiller,
  deliver,
  until,
  webhooksAtAttio,
  type WebhookAtAttio,
} from '../../../testing/in-process/webhook-deliveries.ts'
import { createWorld, type World, type WorldOptions } from '../../../testing/in-process/testbed.ts'

const day = 24 * 3_600_000

onEachEngine('making a webhook', (_open, engine) => {
  const open = async (options: WorldOptions = {}): Promise<World> =>
    await createWorld({
      databaseUrl: await engine.createMigratedUrl(),
      attio: { seed: 'one-task' },
      ...options,
    })

  test('a webhook subscribes to four events, without a filter, at an address that cannot be guessed', async () => {
    await using world = await open()
    await world.connected()
    const webhooks = world.attio.control.world.webhooks.all()
    assert.equal(webhooks.length, 1)
    const address = /^http:\/\/localhost:3050\/webhooks\/attio\/[\w-]{43}$/
    assert.match(webhooks[0]?.targetUrl ?? '', address)
    assert.deepEqual(webhooks[0]?.subscriptions, [
      { eventType: 'task.created', filter: null },
      { eventType: 'task.updated', filter: null },
      { eventType: 'task.deleted', filter: null },
      { eventType: 'workspace-member.created', filter: null },
    ])
  })

  test('a crash before any query of making a webhook still leads to exactly one, which works', async () => {
    const killer = createKiller()
    await using world = await open({ betweenDatabase: killer.between, limits: 'none' })
    const jo = await world.connected()
    // Each round is slow, so try every second query, and on PostgreSQL every fourth.
    const step = engine.name === 'sqlite' ? 2 : 4
    let killed = 0
    for (let isOver = false; !isOver; killed += step) {
      const [old] = webhooksAtAttio(world)
      assert.ok(old)
      await loseSecret(world)
      const posts = postsTo(world)
      killer.killAt(killed + 1)
      await deliver(world, old, { body: bodyOf(old, 'x') })
      await world.taskr.idle()
      const isNew = (): boolean => webhooksAtAttio(world)[0]?.id !== old.id
      // A round in which another piece of work held the webhook, so that none was made, does not end this.
      isOver = !killer.isDead() && isNew()
      await world.restart()
      assert.ok(postsTo(world) - posts <= 1)
      await world.clock.advance(day)
      world.taskr.startWorking()
      const made = until(world, async () => isNew() && (await isMade(world)))
      assert.ok(await made, `killed before ${killed + 1}`)
      await hears(world, jo, `Killed ${killed}`)
      await world.restart()
      assert.ok(killed < 60)
    }
    // A view of the list adds no sync to what is killed, since the webhook was live.
    assert.ok(killed >= 8, String(killed))
  })

  const lost: readonly (readonly [string, FaultAnswer])[] = [
    ['a broken connection', { reset: 'after-commit' }],
    ['an error', { status: 500, commit: true }],
    ['half an answer', { truncate: 20 }],
    ['an answer without a secret', { shape: 'empty-object' }],
  ]
  for (const [how, answer] of lost) {
    test(`when the answer with the secret is lost in ${how}, that webhook is removed and another made, once`, async () => {
      await using world = await open()
      world.attio.control.faults.add({ path: '/v2/webhooks', method: 'POST', count: 1, answer })
      const jo = await world.connected()
      const [first] = webhooksAtAttio(world)
      assert.ok(first)
      assert.equal(postsTo(world), 1)
      // Until Taskr has its secret, Attio must send deliveries again, and nothing is stored.
      assert.equal(await deliver(world, first, { body: bodyOf(first, 'x') }), 503)
      assert.equal(
        await countRows(world.environment['DATABASE_URL'] ?? '', 'webhook_deliveries'),
        0,
      )
      const [id = ''] = await connectionIdsIn(jo)
      const page = wordsOf((await jo.get(`/connections/${id}`)).body)
      assert.match(page, /every minute while you look: Attio can’t be reached to create a webhook/)
      world.taskr.startWorking()
      assert.ok(await until(world, () => isMade(world)))
      assert.notEqual(webhooksAtAttio(world)[0]?.id, first.id)
      assert.equal(postsTo(world), 2)
      await hears(world, jo, 'After all')
    })
  }

  const broken: readonly (readonly [string, (world: World, webhook: WebhookAtAttio) => unknown])[] =
    [
      ['degraded', (world) => change(world, { status: 'degraded' })],
      ['inactive', (world) => change(world, { status: 'inactive' })],
      ['missing', (world, { id }) => removeAtAttio(world, id)],
      [
        'at another address',
        (world) => change(world, { targetUrl: 'https://elsewhere.example/x' }),
      ],
      [
        'for fewer events',
        (world) => change(world, { subscriptions: [{ eventType: 'task.created', filter: null }] }),
      ],
      ['one whose secret no longer opens', loseSecret],
    ]
  for (const [what, breakIt] of broken) {
    test(`a webhook that is ${what} is made again within a day, and a full sync finds what was missed`, async () => {
      await using world = await open()
      const jo = await world.connected()
      const [before] = webhooksAtAttio(world)
      assert.ok(before)
      await breakIt(world, before)
      const syncs = world.sent('/v2/tasks')
      await world.clock.advance(day)
      world.taskr.startWorking()
      assert.ok(
        await until(world, () => webhooksAtAttio(world)[0]?.id !== before.id && isMade(world)),
      )
      assert.ok(await until(world, () => world.sent('/v2/tasks') > syncs))
      assert.equal(webhooksAtAttio(world).length, 1)
      await hears(world, jo, 'Again')
      assert.match(
        wordsOf((await jo.get('/events')).body),
        /Webhook created again for Acme Robotics/,
      )
    })
  }

  test('a secret that does not open is detected at the next delivery', async () => {
    await using world = await open()
    const jo = await world.connected()
    const [before] = webhooksAtAttio(world)
    assert.ok(before)
    await loseSecret(world)
    assert.equal(await deliver(world, before, { body: bodyOf(before, 'x') }), 503)
    await world.taskr.idle()
    assert.equal(await isMade(world), true)
    assert.notEqual(webhooksAtAttio(world)[0]?.id, before.id)
    await hears(world, jo, 'At once')
  })

  test('the daily check removes only Taskr’s own unused webhooks', async () => {
    await using world = await open({ limits: 'none' })
    await world.connected('jo')
    await world.connected('eve')
    assert.equal(webhooksAtAttio(world).length, 2)
    const kept = webhooksAtAttio(world).map(({ id }) => id)
    const stray = 'http://localhost:3050/webhooks/attio/nobody-knows-this-one'
    await createAtAttio(world, stray)
    await createAtAttio(world, 'https://elsewhere.example/webhooks/attio/x')
    await world.clock.advance(day)
    world.taskr.startWorking()
    const targets = () => webhooksAtAttio(world).map(({ targetUrl }) => targetUrl)
    assert.ok(await until(world, () => !targets().includes(stray)))
    await world.clock.advance(10_000)
    assert.equal(webhooksAtAttio(world).length, 3)
    assert.deepEqual(
      webhooksAtAttio(world)
        .slice(0, 2)
        .map(({ id }) => id),
      kept,
    )
  })

  test('RL-17 a live copy rests for six hours, and is synced at once when its webhook fails and it is older than a quarter of an hour', async () => {
    await using world = await open()
    await world.connected()
    const { sync, webhooks } = world.taskr.parts
    const readsOf = async (work: () => Promise<unknown>): Promise<number> => {
      const before = world.sent('/v2/tasks')
      await work()
      await world.taskr.idle()
      return world.sent('/v2/tasks') - before
    }
    await world.clock.advance(day)
    assert.ok((await readsOf(sync.syncDue)) > 0)
    await world.clock.advance(3 * 3_600_000)
    assert.equal(await readsOf(sync.syncDue), 0)
    world.attio.control.faults.add({ path: '/v2/webhooks', answer: { status: 503 } })
    await world.advanceUntil(webhooks.checkDue(new AbortController().signal))
    assert.ok((await readsOf(sync.syncDue)) > 0)
  })

  test('a reconnect keeps the webhook, and checks it', async () => {
    await using world = await open()
    const jo = await world.connected()
    const [before] = webhooksAtAttio(world)
    const back = await jo.post('/integrations/attio/connect')
    const to = world.attio.control.consent({
      url: back.location ?? '',
      person: 'ada@acme.example',
      workspace: 'acme',
    })
    await jo.get(to.pathname + to.search)
    await world.taskr.idle()
    assert.deepEqual(
      webhooksAtAttio(world).map(({ id }) => id),
      [before?.id],
    )
    await hears(world, jo, 'Still')
  })

  test('TK-09 key rotation seals the secrets again, and deliveries continue', async () => {
    await using world = await open()
    const jo = await world.connected()
    const next = `k2:${randomBytes(32).toString('base64url')}`
    await world.restart({ TASKR_KEYS: `${next},${world.environment['TASKR_KEYS'] ?? ''}` })
    await hears(world, jo, 'Before the rotation')
    world.taskr.startWorking()
    assert.ok(
      await until(world, async () =>
        (await sealedSecrets(world)).every((one) => one.startsWith('v1.k2.')),
      ),
    )
    await world.restart({ TASKR_KEYS: next })
    await hears(world, jo, 'After the rotation')
  })

  if (engine.name === 'postgres') {
    test('two nodes never make two webhooks for one connection', async () => {
      await using world = await open({ limits: 'none' })
      await world.connected()
      const other = await world.anotherNode()
      world.taskr.startWorking()
      other.startWorking()
      for (let round = 0; round < 10; round++) {
        const before = postsTo(world)
        await forgetWebhook(world)
        assert.ok(await until(world, () => isMade(world)))
        await world.clock.advance(60_000)
        assert.equal(postsTo(world), before + 1)
        assert.equal(webhooksAtAttio(world).length, 1)
      }
    })
  }
})

function urlOf(world: World): string {
  return world.environment['DATABASE_URL'] ?? ''
}

function postsTo(world: World): number {
  return world.attio.control.journal.count({ method: 'POST', path: '/v2/webhooks' })
}

async function isMade(world: World): Promise<boolean> {
  const rows = (await readEveryTable(urlOf(world))).get('webhooks') ?? []
  const ids = webhooksAtAttio(world).map(({ id }) => id)
  return (
    ids.length === 1 &&
    rows.length === 1 &&
    rows[0]?.['status'] === 'active' &&
    rows[0]['webhook_id'] === ids[0]
  )
}

async function sealedSecrets(world: World): Promise<readonly string[]> {
  const rows = (await readEveryTable(urlOf(world))).get('webhooks') ?? []
  return rows.map((row) => String(row['sealed_secret']))
}

/** Edits a task in Attio and waits until the webhook brings the edit to the list. */
async function hears(world: World, jo: Browser, content: string): Promise<void> {
  const { id } = addTask(world, content)
  assert.ok(await until(world, () => world.sent(`/v2/tasks/${id}`) > 0), content)
  assert.ok(await until(world, async () => (await jo.get('/?view=open')).body.includes(content)))
}

async function loseSecret(world: World): Promise<void> {
  await changeStored(urlOf(world), `update webhooks set sealed_secret = 'v1.k1.AAAA.AAAA'`)
}

/** Deletes the webhook's row, as if it had never been made. */
async function forgetWebhook(world: World): Promise<void> {
  for (const { id } of webhooksAtAttio(world)) removeAtAttio(world, id)
  await changeStored(
    urlOf(world),
    `update webhooks set status = 'none', key_hash = null, webhook_id = null, sealed_secret = null, made_at = null,
      next_check_at = 0, leased_until = 0`,
  )
}

function removeAtAttio({ attio }: World, id: string): void {
  const { world } = attio.control
  world.transact(() => {
    world.webhooks.remove(id)
  })
}

function change(
  { attio }: World,
  changes: Partial<ReturnType<World['attio']['control']['world']['webhooks']['all']>[number]>,
): void {
  const { world } = attio.control
  world.transact(() => {
    for (const webhook of world.webhooks.all()) world.webhooks.put({ ...webhook, ...changes })
  })
}

async function createAtAttio({ attio, clientId }: World, targetUrl: string): Promise<void> {
  const token = attio.issueAccessToken({
    clientId,
    workspace: 'acme',
    memberEmail: 'ada@acme.example',
  })
  const answer = await attio.fetch(`${attio.origin}/v2/webhooks`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      data: {
        target_url: targetUrl,
        subscriptions: [{ event_type: 'task.created', filter: null }],
      },
    }),
  })
  assert.equal(answer.status, 200)
}
