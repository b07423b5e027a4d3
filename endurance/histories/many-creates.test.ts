import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachEngine } from '../../testing/database/on-each-engine.ts'
import { createMany } from './many-creates.ts'

onEachEngine('many new tasks while Attio fails', (_, engine) => {
  test('RL-09 no new task is lost or created twice', async () => {
    const met = await createMany(30, await engine.createMigratedUrl())
    assert.ok(
      met.every((fault) => fault.met > 0),
      JSON.stringify(met),
    )
  })
})
