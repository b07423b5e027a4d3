// How many SQL statements a page and a click take, on each engine. Every one is a round trip to PostgreSQL.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachEngine } from '../../../testing/database/on-each-engine.ts'
import type { Browser } from '../../../testing/in-process/http-browser.ts'
import { countStatements } from '../../../testing/in-process/counted-statements.ts'
import { connect, createWorld, type World } from '../../../testing/in-process/testbed.ts'
import { standard } from '@taskr/local-attio'

const refetch = { 'x-taskr-refetch': 'yes' }
const views = ['today', 'overdue', 'upcoming', 'no-date', 'open', 'done', 'all']

onEachEngine('statements', (_open, engine) => {
  const begin = async () => {
    const statements = countStatements()
    return {
      statements,
      world: await createWorld({
        databaseUrl: await engine.createMigratedUrl(),
        betweenDatabase: statements.database,
      }),
    }
  }

  test('a list that has just changed takes at most 7 statements in every view, with one workspace or two', async () => {
    const { statements, ...begun } = await begin()
    await using world = begun.world
    const jo = await world.connected()
    await settled(world, jo)
    const countAll = async (): Promise<void> => {
      for (const view of views) {
        const address = `/?view=${view}&whose=everyone`
        const count = await statements.during(async () => {
          assert.equal((await jo.get(address)).status, 200)
        })
        assert.ok(count <= 7, `${view}: ${count}`)
      }
    }
    await countAll()
    await connect(world.attio, jo, {
      person: standard.people.ada.emailAddress,
      workspace: 'globex',
    })
    await world.advanceUntil(world.taskr.idle())
    await settled(world, jo)
    await countAll()
  })

  test('a kept page takes one statement', async () => {
    const { statements, ...begun } = await begin()
    await using world = begun.world
    const jo = await world.connected()
    await settled(world, jo)
    await jo.get('/', refetch)
    assert.equal(await statements.during(() => jo.get('/', refetch)), 1)
  })

  test('requests for one page at the same time render it once', async () => {
    const { statements, ...begun } = await begin()
    await using world = begun.world
    const jo = await world.connected()
    await settled(world, jo)
    const address = '/?view=open&whose=everyone'
    const once = await statements.during(() => jo.get(address))
    await world.clock.advance(60_000)
    await world.taskr.idle()
    const count = await statements.during(() =>
      Promise.all(Array.from({ length: 5 }, () => jo.get(address))),
    )
    // Each reads its session.
    assert.equal(count, once + 4)
  })

  test('completing a task takes five statements, besides the one that raises the revisions, and no worker looks for changes before the answer', async () => {
    const { statements, ...begun } = await begin()
    await using world = begun.world
    const jo = await world.connected()
    await settled(world, jo)
    const { body } = await jo.get('/?whose=everyone')
    const [, address = ''] = /formaction="([^"]+\/completion)"/.exec(body) ?? []
    const keys = [...body.matchAll(/name="requestKey" value="([^"]+)"/g)]
    const form = { requestKey: keys.at(-1)?.[1] ?? '', returnTo: '/' }
    const count = await statements.during(async () => {
      assert.equal((await jo.post(address, form)).status, 303)
    })
    assert.equal(count, 5)
  })
})

/** Waits until nothing is under way, and views the toast of the new connection. */
async function settled(world: World, browser: Browser): Promise<void> {
  await world.delivered()
  await browser.get('/')
  await world.taskr.idle()
}
