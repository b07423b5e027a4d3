// A database that is out of order: people are told to come back, and nothing is accepted that would be lost.
import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { suite, test } from 'node:test'
import { sql } from 'kysely'
import { onEachEngine } from '../../../testing/database/on-each-engine.ts'
import { startSilentProxy } from '../../../testing/database/silent-proxy.ts'
import type { Answer } from '../../../testing/in-process/http-browser.ts'
import { createWorld, password, type World } from '../../../testing/in-process/testbed.ts'
import type { Database } from '../../database/open-database.ts'

suite('a SQLite file that is out of order', () => {
  test('RL-22 with the file deleted, a sign-up is told when to retry, and logging out still works', async () => {
    await using world = await createWorld()
    const jo = await world.signedUp()
    rmSync(world.config.databaseUrl.replace('file:', ''))
    await world.clock.advance(1_000)
    assert.equal((await jo.get('/readyz')).status, 503)
    assertUnavailable(await world.browser().post('/signup', { username: 'eve', password }))
    assertUnavailable(await world.browser().post('/login', { username: 'jo', password }))
    assert.equal((await world.browser().get('/login')).status, 200)
    assert.equal((await jo.post('/logout')).status, 303)
    assert.equal((await jo.get('/settings')).status, 303)
  })

  test('RL-22 with a full disk, changes are told when to retry, and pages still work', async () => {
    let opened: Database | undefined
    await using world = await createWorld({
      limits: 'none',
      betweenDatabase: (database) => (opened = database),
    })
    const jo = await world.signedUp()
    assert.ok(opened !== undefined)
    await sql`pragma max_page_count = 1`.execute(opened.db)
    // A few more people fit into the pages that exist.
    let answer = await signUp(world, 0)
    for (let number = 1; answer.status === 303; number++) answer = await signUp(world, number)
    assertUnavailable(answer)
    assert.equal((await jo.get('/settings')).status, 200)
    assert.equal((await jo.post('/logout')).status, 303)
  })
})

onEachEngine('a PostgreSQL that is gone', (_open, engine) => {
  if (engine.name === 'sqlite') return

  test('RL-26 people are told when to retry, and pages that need no database still work', async () => {
    const proxy = await startSilentProxy(await engine.createMigratedUrl())
    await using world = await createWorld({ databaseUrl: proxy.url })
    const jo = await world.signedUp()
    await proxy.close()
    assertUnavailable(await jo.get('/settings'))
    assertUnavailable(await jo.post('/settings/time-zone', { timeZone: 'Asia/Tokyo' }))
    assert.equal((await world.browser().get('/login')).status, 200)
    assert.equal((await jo.post('/logout')).status, 303)
  })
})

function assertUnavailable({ status, headers, body }: Answer): void {
  assert.equal(status, 503)
  assert.equal(headers.get('retry-after'), '10')
  assert.match(body, /Taskr is unavailable/)
}

async function signUp(world: World, number: number): Promise<Answer> {
  return await world.browser().post('/signup', { username: `guest${number}`, password })
}
