// The health checks that a load balancer reads.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachEngine } from '../../../testing/database/on-each-engine.ts'
import { changeStored } from '../../../testing/in-process/stored-bytes.ts'
import { createWorld, type World } from '../../../testing/in-process/testbed.ts'

onEachEngine('health and readiness', (_open, engine) => {
  test('RL-31 Taskr is ready while the database is writable and Taskr is not stopping, regardless of Attio', async () => {
    await using world = await createWorld({ databaseUrl: await engine.createMigratedUrl() })
    const { databaseUrl } = world.config
    assert.deepEqual(await ask(world), { healthz: 200, readyz: 200 })
    world.attio.control.faults.add({ answer: { reset: 'before-commit' } })
    assert.deepEqual(await ask(world), { healthz: 200, readyz: 200 })
    await changeStored(databaseUrl, 'alter table migrations rename to elsewhere')
    assert.deepEqual(await ask(world), { healthz: 200, readyz: 503 })
    await changeStored(databaseUrl, 'alter table elsewhere rename to migrations')
    assert.deepEqual(await ask(world), { healthz: 200, readyz: 200 })
    await world.taskr.beginStopping()
    assert.deepEqual(await ask(world), { healthz: 200, readyz: 503 })
  })

  test('RL-31 neither health check reveals more than a word', async () => {
    await using world = await createWorld({ databaseUrl: await engine.createMigratedUrl() })
    const visitor = world.browser()
    assert.equal((await visitor.get('/readyz')).body, 'ready\n')
    assert.equal((await visitor.get('/healthz')).body, 'alive\n')
    await world.taskr.beginStopping()
    assert.equal((await visitor.get('/readyz')).body, 'not ready\n')
  })
})

test('RL-31 Taskr is not ready while its event loop is late', async () => {
  let isLate = false
  await using world = await createWorld({ isLate: () => isLate })
  assert.deepEqual(await ask(world), { healthz: 200, readyz: 200 })
  isLate = true
  assert.deepEqual(await ask(world), { healthz: 200, readyz: 503 })
  isLate = false
  assert.deepEqual(await ask(world), { healthz: 200, readyz: 200 })
})

/** Requests one second later, because one database check answers all requests within a second. */
async function ask(world: World): Promise<{ healthz: number; readyz: number }> {
  await world.clock.advance(1_000)
  const visitor = world.browser()
  const [healthz, readyz] = [await visitor.get('/healthz'), await visitor.get('/readyz')]
  return { healthz: healthz.status, readyz: readyz.status }
}
