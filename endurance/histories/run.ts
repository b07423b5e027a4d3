// Runs two tests at length:
//   node endurance/histories/run.ts histories 1000 [seed]   histories with random failures
//   node endurance/histories/run.ts creates 10000           new tasks while three of ten requests fail
// They run on SQLite or, with TEST_POSTGRES_URL set, on a new database of that server.
import { argv, env, stdout } from 'node:process'
import fc from 'fast-check'
import { createMigratedTestDatabase } from '../../testing/database/on-each-engine.ts'
import { createMany } from './many-creates.ts'
import { createHistoryTestbed } from './play.ts'
import { history } from './steps.ts'

const [, , what = 'histories', count = '1000', seed = '1'] = argv
const server = env['TEST_POSTGRES_URL']
const databaseUrl = server === undefined ? undefined : await createMigratedTestDatabase(server)
const beganAt = performance.now()
const seconds = (): number => Math.round((performance.now() - beganAt) / 1_000)

if (what === 'creates') {
  const met = await createMany(Number(count), databaseUrl)
  const total = met.reduce((sum, fault) => sum + fault.met, 0)
  stdout.write(`${count} creates, ${total} faults met: 0 lost, 0 twice (${seconds()} s)\n`)
} else {
  const testbed = await createHistoryTestbed(databaseUrl)
  const sum = { histories: 0, changes: 0, failed: 0 }
  const property = fc.asyncProperty(history, async (steps) => {
    const { changes, failed } = await testbed.play(steps)
    sum.histories += 1
    sum.changes += changes
    sum.failed += failed
  })
  try {
    await fc.assert(property, { seed: Number(seed), numRuns: Number(count), endOnFailure: true })
  } finally {
    await testbed.close()
  }
  stdout.write(
    `${sum.histories} histories, ${sum.changes} acknowledged changes, ${sum.failed} of them refused: ` +
      `the copy was right each time, 0 lost, 0 twice (${seconds()} s)\n`,
  )
}
