// Simultaneous deliveries are stored in one transaction: each is answered after it has ended, and a failing one does not
// affect the others.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import type { Database } from '../../database/open-database.ts'
import { onEachEngine } from '../../../testing/database/on-each-engine.ts'
import { countRowsWhere } from '../../../testing/in-process/stored-bytes.ts'
import { bodyOf, deliver, webhooksAtAttio } from '../../../testing/in-process/webhook-deliveries.ts'
import { connect, createWorld, type World } from '../../../testing/in-process/testbed.ts'

type Plugin = Parameters<Database['db']['withPlugin']>[0]

/** Blocks every transaction and records its queries, once told to. */
function createWatcher() {
  const told: { isOn: boolean; before?: () => Promise<void>; query?: (node: object) => void } = {
    isOn: false,
  }
  const counts = { begun: 0, ended: 0 }
  const plugin: Plugin = {
    transformQuery: ({ node }) => {
      if (told.isOn) told.query?.(node)
      return node
    },
    transformResult: async ({ result }) => result,
  }
  const between = (database: Database): Database => ({
    ...database,
    transaction: async (work) => {
      if (!told.isOn) return await database.transaction(work)
      counts.begun += 1
      await told.before?.()
      const result = await database.transaction((db) => work(db.withPlugin(plugin)))
      counts.ended += 1
      return result
    },
  })
  return { told, counts, between }
}

onEachEngine('deliveries together', (_open, engine) => {
  async function open() {
    const watcher = createWatcher()
    const world = await createWorld({
      databaseUrl: await engine.createMigratedUrl(),
      betweenDatabase: watcher.between,
      attio: { seed: 'one-task' },
    })
    const jo = await world.connected()
    const [webhook] = webhooksAtAttio(world)
    assert.ok(webhook)
    return { world, jo, webhook, watcher }
  }
  const stored = (world: World) =>
    countRowsWhere(world.environment['DATABASE_URL'] ?? '', 'webhook_deliveries')

  test('RL-15 a hundred simultaneous deliveries take a few transactions, and each is answered after its own', async () => {
    const { world, webhook, watcher } = await open()
    await using _ = world
    watcher.told.isOn = true
    const answers = Array.from({ length: 100 }, async (_, number) => {
      const body = bodyOf(webhook, 'a-task', 'note.created')
      const status = await deliver(world, webhook, { body, key: String(number) })
      assert.ok(watcher.counts.ended > 0)
      return status
    })
    assert.deepEqual([...new Set(await Promise.all(answers))], [202])
    assert.ok(watcher.counts.begun <= 10, `${watcher.counts.begun} transactions`)
    assert.equal(await stored(world), 100)
  })

  test('RL-35 a delivery that the database refuses does not affect the others, and may be sent again', async () => {
    const { world, webhook, watcher } = await open()
    await using _ = world
    const poison = bodyOf(webhook, 'poison', 'note.created')
    const hash = createHash('sha256').update(poison).digest('base64url')
    watcher.told.query = (node) => {
      if (JSON.stringify(node).includes(hash)) throw new Error('refused, on purpose')
    }
    watcher.told.isOn = true
    const bodies = ['one', 'poison', 'other'].map((id) => bodyOf(webhook, id, 'note.created'))
    const send = () => Promise.all(bodies.map((body) => deliver(world, webhook, { body })))
    assert.deepEqual(await send(), [202, 500, 202])
    assert.equal(await stored(world), 2)
    watcher.told.isOn = false
    assert.deepEqual(await send(), [202, 202, 202])
    assert.equal(await stored(world), 3)
  })

  test('deliveries of a connection that ended meanwhile are not stored, and those of others are', async () => {
    const { world, jo, webhook, watcher } = await open()
    await using _ = world
    await connect(world.attio, jo, { workspace: 'globex' })
    await world.taskr.idle()
    const ended = webhooksAtAttio(world).find(({ id }) => id !== webhook.id)
    assert.ok(ended)
    const { connectionId } = await world.ownerOf(jo, 'globex')
    watcher.told.before = async () => {
      watcher.told.isOn = false
      await jo.post(`/connections/${connectionId}/disconnection`)
    }
    watcher.told.isOn = true
    const both = [webhook, ended].map((one) => deliver(world, one, { body: bodyOf(one, 'a-task') }))
    assert.deepEqual(await Promise.all(both), [202, 404])
    assert.equal(await stored(world), 1)
  })
})
