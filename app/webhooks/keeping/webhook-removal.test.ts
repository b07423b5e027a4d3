// When a connection ends, its webhook is removed at Attio before the token is revoked, and the receipt tells the truth.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FaultAnswer } from '@taskr/local-attio'
import { onEachEngine } from '../../../testing/database/on-each-engine.ts'
import type { Browser } from '../../../testing/in-process/http-browser.ts'
import { connectionIdsIn, wordsOf } from '../../../testing/in-process/page-text.ts'
import { countRows } from '../../../testing/in-process/stored-bytes.ts'
import {
  createKiller,
  until,
  webhooksAtAttio,
} from '../../../testing/in-process/webhook-deliveries.ts'
import {
  connect,
  createWorld,
  password,
  type World,
  type WorldOptions,
} from '../../../testing/in-process/testbed.ts'

onEachEngine('ending with a webhook', (_open, engine) => {
  const open = async (options: WorldOptions = {}): Promise<World> =>
    await createWorld({
      databaseUrl: await engine.createMigratedUrl(),
      attio: { seed: 'one-task' },
      ...options,
    })

  for (const reason of ['', 'not-this-one']) {
    test(`TK-14 ${reason || 'disconnecting'}: the webhook is removed first, then the token revoked, and the receipt shows both`, async () => {
      await using world = await open()
      const jo = await world.connected()
      await disconnect(jo, reason)
      assert.deepEqual(left(world), { webhooks: 0, tokens: 0 })
      const paths = world.attio.control.journal.entries().map(({ path }) => path)
      const removal = paths.findLastIndex((path) => /^\/v2\/webhooks\/./.test(path))
      assert.ok(removal !== -1 && removal < paths.lastIndexOf('/oauth/revoke'))
      const page = wordsOf((await jo.get('/connections')).body)
      assert.match(
        page,
        /Revoked Attio confirmed .* Its tasks are deleted here\. Attio removed its webhook\./,
      )
      assert.match(wordsOf((await jo.get('/events')).body), /Webhook removed for/)
      for (const table of ['webhooks', 'webhook_deliveries', 'refetch_requests']) {
        assert.equal(await countRows(urlOf(world), table), 0)
      }
    })
  }

  test('deleting the account removes every webhook and revokes every token', async () => {
    await using world = await open({ limits: 'none' })
    const jo = await world.connected()
    assert.equal((await connect(world.attio, jo, { workspace: 'globex' })).status, 303)
    await world.taskr.idle()
    assert.equal(webhooksAtAttio(world).length, 2)
    const gone = await jo.post('/settings/deletion', { password })
    assert.equal(gone.status, 303, gone.body)
    assert.deepEqual(left(world), { webhooks: 0, tokens: 0 })
  })

  const failures: readonly (readonly [string, FaultAnswer, RegExp])[] = [
    ['500', { status: 500 }, /Attio answered with an error \(500\)/],
    ['429', { status: 429 }, /Attio asked Taskr to wait/],
    ['a broken connection', { reset: 'before-commit' }, /Attio couldn’t be reached/],
    ['a lost answer', { reset: 'after-commit' }, /Attio couldn’t be reached/],
  ]
  for (const [how, answer, words] of failures) {
    test(`when removing meets ${how}, the receipt says so, the token waits, and both are done after a restart`, async () => {
      await using world = await open()
      const jo = await world.connected()
      const heal = world.attio.control.faults.add({ path: '/v2/webhooks/*', answer })
      await world.advanceUntil(disconnect(jo))
      const page = wordsOf((await jo.get('/connections')).body)
      assert.match(page, /Its webhook isn’t removed yet; the access token follows/)
      assert.match(page, words)
      assert.equal(left(world).tokens, 1)
      heal()
      await world.restart()
      world.taskr.startWorking()
      assert.ok(await until(world, () => left(world).tokens === 0))
      assert.deepEqual(left(world), { webhooks: 0, tokens: 0 })
      assert.ok(
        await until(world, async () =>
          /Revoked Attio confirmed/.test(wordsOf((await jo.get('/connections')).body)),
        ),
      )
    })
  }

  test('after three failures the token is revoked anyway, and the receipt names the webhook that stayed', async () => {
    await using world = await open()
    const jo = await world.connected()
    world.attio.control.faults.add({ path: '/v2/webhooks/*', answer: { status: 502 } })
    await world.advanceUntil(disconnect(jo))
    world.taskr.startWorking()
    assert.ok(await until(world, () => left(world).tokens === 0))
    assert.deepEqual(left(world), { webhooks: 1, tokens: 0 })
    assert.ok(
      await until(world, async () =>
        /Its webhook couldn’t be removed: Attio answered with an error \(502\)\. Taskr ignores what it sends\./.test(
          wordsOf((await jo.get('/connections')).body),
        ),
      ),
    )
    const [webhook] = webhooksAtAttio(world)
    const answer = await world.taskr.fetch(
      new Request(webhook?.targetUrl ?? '', { method: 'POST', body: '{}' }),
    )
    assert.equal(answer.status, 404)
  })

  test('a dead token cannot remove its webhook, and the receipt says so', async () => {
    await using world = await open()
    const jo = await world.connected()
    const { world: inside } = world.attio.control
    inside.transact(() => {
      for (const token of inside.accessTokens.all()) inside.accessTokens.remove(token.id)
    })
    await disconnect(jo)
    const page = wordsOf((await jo.get('/connections')).body)
    assert.match(page, /Its webhook couldn’t be removed: Attio had already revoked it\./)
  })

  test('a webhook whose creation was never answered is found by its key and removed', async () => {
    await using world = await open()
    world.attio.control.faults.add({
      path: '/v2/webhooks',
      method: 'POST',
      count: 1,
      answer: { reset: 'after-commit' },
    })
    const jo = await world.connected()
    assert.equal(left(world).webhooks, 1)
    await disconnect(jo)
    world.taskr.startWorking()
    assert.ok(await until(world, () => left(world).tokens === 0))
    assert.deepEqual(left(world), { webhooks: 0, tokens: 0 })
  })

  test('a crash before any query of disconnecting still leaves nothing at Attio', async () => {
    const killer = createKiller()
    await using world = await open({ betweenDatabase: killer.between, limits: 'none' })
    const jo = await world.signedUp()
    // Each round is slow, so try every second query, and on PostgreSQL every fourth.
    const step = engine.name === 'sqlite' ? 2 : 4
    let killed = 0
    for (let isOver = false; !isOver; killed += step) {
      assert.equal((await connect(world.attio, jo)).status, 303)
      await world.taskr.idle()
      assert.deepEqual(left(world), { webhooks: 1, tokens: 1 })
      const [id = ''] = await connectionIdsIn(jo)
      killer.killAt(killed + 1)
      await jo.post(`/connections/${id}/disconnection`)
      isOver = !killer.isDead()
      await world.restart()
      if ((await connectionIdsIn(jo)).length > 0) await disconnect(jo)
      world.taskr.startWorking()
      assert.ok(await until(world, () => left(world).tokens === 0), `killed before ${killed + 1}`)
      assert.deepEqual(left(world), { webhooks: 0, tokens: 0 }, `killed before ${killed + 1}`)
      await world.restart()
      assert.ok(killed < 100)
    }
    assert.ok(killed > 10, String(killed))
  })
})

async function disconnect(jo: Browser, reason = ''): Promise<void> {
  const [id = ''] = await connectionIdsIn(jo)
  const ended = await jo.post(`/connections/${id}/disconnection`, { reason, password })
  assert.equal(ended.status, 303, ended.body)
}

function left(world: World): { readonly webhooks: number; readonly tokens: number } {
  return {
    webhooks: webhooksAtAttio(world).length,
    tokens: world.attio.control.world.accessTokens.all().length,
  }
}

function urlOf(world: World): string {
  return world.environment['DATABASE_URL'] ?? ''
}
