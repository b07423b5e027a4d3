import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sendingSteps } from '../../app/tasks/sending/sending-steps.ts'
import { onEachEngine } from '../../testing/database/on-each-engine.ts'
import { killAgain } from './kill-again.ts'
import { pauseAt } from './pause.ts'

onEachEngine('killed like kill -9', (_, engine) => {
  test('RL-08 RL-09 a kill at any named point neither loses nor doubles an acknowledged change', async () => {
    // PostgreSQL runs are slow because leases must expire, so they cover only the points around calls to Attio.
    const points =
      engine.name === 'sqlite' ? sendingSteps : (['leaving', 'answered', 'replaced'] as const)
    const kills = points.map((point) => ({ at: { point, time: 1 } }))
    const databaseUrl = await engine.createMigratedUrl()
    const report = await killAgain({ databaseUrl, kills, stepsPerLife: 4 })
    assert.ok(report.kills >= points.length - 2, `${report.kills} were killed`)
  })

  if (engine.name === 'sqlite') return
  test('RL-11 a worker that was suspended beyond its lease repeats no work', async () => {
    const points = ['leaving'] as const
    const report = await pauseAt(points, await engine.createMigratedUrl())
    assert.equal(report.paused, points.length)
  })
})
