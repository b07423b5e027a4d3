import { test } from 'node:test'
import fc from 'fast-check'
import { onEachEngine } from '../../testing/database/on-each-engine.ts'
import { createHistoryTestbed } from './play.ts'
import { history } from './steps.ts'

onEachEngine('histories', (_, engine) => {
  test('RL-12 RL-16 RL-17 after any history of failures the mirror equals Attio and every change happened exactly once', async () => {
    const testbed = await createHistoryTestbed(await engine.createMigratedUrl())
    try {
      await fc.assert(
        fc.asyncProperty(history, async (steps) => void (await testbed.play(steps))),
        {
          seed: Number(process.env['TASKR_TEST_SEED'] ?? 1),
          numRuns: Number(process.env['TASKR_TEST_HISTORIES'] ?? 15),
          endOnFailure: process.env['TASKR_TEST_SHRINK'] === undefined,
        },
      )
    } finally {
      await testbed.close()
    }
  })
})
