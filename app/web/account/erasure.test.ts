// Nothing of a deleted account or of a disconnected workspace stays, neither in a table nor in the files.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { onEachEngine } from '../../../testing/database/on-each-engine.ts'
import { connectionIdsIn } from '../../../testing/in-process/page-text.ts'
import { addTask } from '../../../testing/in-process/webhook-deliveries.ts'
import {
  countRows,
  countRowsWhere,
  readStoredBytes,
  readStoredRows,
} from '../../../testing/in-process/stored-bytes.ts'
import { createWorld, password, type World } from '../../../testing/in-process/testbed.ts'
import type { Browser } from '../../../testing/in-process/http-browser.ts'

const canary = 'Ring the canary of 4711'
const traces = [canary, 'walter4711', 'Acme Robotics', 'ada@acme.example']
const dayMs = 24 * 3_600_000

suite('the files of SQLite', () => {
  test('hold no text of a workspace after it is disconnected', async () => {
    await using world = await createWorld()
    const walter = await withCanary(world)
    const [connectionId = ''] = await connectionIdsIn(walter)
    assert.equal(await find(world, canary), true)
    const answer = await walter.post(`/connections/${connectionId}/disconnection`, { password })
    assert.equal(answer.status, 303)
    assert.equal(await find(world, canary), false)
  })

  test('hold no trace of an account after it is deleted', async () => {
    await using world = await createWorld()
    const walter = await withCanary(world)
    for (const trace of traces) assert.equal(await find(world, trace), true, trace)
    assert.equal((await walter.post('/settings/deletion', { password })).status, 303)
    for (const trace of traces) assert.equal(await find(world, trace), false, trace)
  })
})

onEachEngine('deleting an account', (_open, engine) => {
  test('leaves one event and no receipt, also when Attio confirms the revocation later', async () => {
    await using world = await createWorld({ databaseUrl: await engine.createMigratedUrl() })
    const walter = await withCanary(world)
    const { databaseUrl } = world.config
    const heal = world.attio.control.faults.add({ answer: { reset: 'before-commit' } })
    await world.advanceUntil(walter.post('/settings/deletion', { password }))
    assert.equal(await countRowsWhere(databaseUrl, `revocations where workspace_name <> ''`), 0)
    assert.equal(
      await countRows(databaseUrl, 'revocations'),
      1,
      'the token still has to be revoked',
    )
    heal()
    await world.clock.advance(7 * 3_600_000)
    await world.advanceUntil(world.taskr.parts.connections.revokeDue())
    await world.taskr.parts.connections.forgetExpired()
    assert.equal(await countRows(databaseUrl, 'revocations'), 0)
    const rows = await readStoredRows(databaseUrl)
    for (const trace of traces) {
      for (const [table, bytes] of rows) assert.equal(bytes.includes(trace), false, table)
    }
  })

  test('receipts are forgotten after ninety days and events after a year', async () => {
    await using world = await createWorld({ databaseUrl: await engine.createMigratedUrl() })
    const walter = await withCanary(world)
    const { accounts, connections } = world.taskr.parts
    const { accountId, connectionId } = await world.ownerOf(walter)
    await connections.disconnect({ accountId, connectionId })
    const forget = async (days: number): Promise<[receipts: number, events: number]> => {
      await world.clock.advance(days * dayMs)
      await connections.forgetExpired()
      await accounts.forgetExpired()
      const { events } = await accounts.listEvents(accountId, { limit: 100 })
      return [(await connections.listRevocations(accountId)).length, events.length]
    }
    const [, before] = await forget(0)
    assert.ok(before > 0)
    assert.deepEqual(await forget(89), [1, before])
    assert.deepEqual(await forget(2), [0, before])
    assert.deepEqual(await forget(273), [0, before])
    assert.deepEqual(await forget(2), [0, 0])
  })
})

async function withCanary(world: World): Promise<Browser> {
  const walter = await world.connected('walter4711')
  await world.delivered()
  addTask(world, canary)
  await world.delivered()
  assert.match((await walter.get('/?view=open')).body, new RegExp(canary))
  return walter
}

async function find(world: World, text: string): Promise<boolean> {
  const places = await readStoredBytes(world.config.databaseUrl)
  return [...places.values()].some((bytes) => bytes.includes(text))
}
