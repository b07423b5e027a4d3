// Measures how fast Taskr answers deliveries at a high rate while it refetches and syncs. Taskr and Attio are separate
// processes, and both SQLite and PostgreSQL write durably to a disk.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  createMigratedTestDatabase,
  startTestPostgres,
} from '../../testing/database/on-each-engine.ts'
import { lettersOf } from './signed-deliveries.ts'
import { sendAtRate } from './send-at-rate.ts'
import { startTwoProcesses } from '../../testing/processes/two-processes.ts'
import { countRowsWhere } from '../../testing/in-process/stored-bytes.ts'

/**
 * The rate that Taskr promises to sustain on an otherwise idle machine:
 * TASKR_TEST_DELIVERIES_PER_SECOND=500 TASKR_TEST_LOAD_SECONDS=30 node --test endurance/delivery-load/delivery-load.endurance.ts
 */
const perSecond = Number(process.env['TASKR_TEST_DELIVERIES_PER_SECOND'] ?? 50)
const seconds = Number(process.env['TASKR_TEST_LOAD_SECONDS'] ?? 3)
const isAtLength = perSecond >= 500
/** The warm-up runs at half the rate and is not counted, because a new process still compiles its code. */
const warmUpSeconds = isAtLength ? 6 : 0
/** A short run tolerates a busy machine, up to the five seconds after which Attio gives up. */
const promisedMs = isAtLength ? 250 : 5_000

const databases = {
  SQLite: async () => ({ databaseUrl: undefined, stop: async () => {} }),
  PostgreSQL: async () => {
    const { url, stop } = await startTestPostgres({ durable: true })
    return { databaseUrl: await createMigratedTestDatabase(url), stop }
  },
}

for (const [name, open] of Object.entries(databases)) {
  test(
    `RL-15 at ${perSecond} a second for ${seconds} seconds, deliveries are answered in time, on ${name}`,
    { skip: name !== 'SQLite' && !isAtLength },
    async (context) => {
      const { databaseUrl, stop } = await open()
      context.after(stop)
      await using processes = await startTwoProcesses({
        tasks: 500,
        ...(databaseUrl !== undefined && { databaseUrl }),
      })
      const stored = () => countRowsWhere(processes.databaseUrl, 'webhook_deliveries')
      const warmUps = (perSecond / 2) * warmUpSeconds
      const count = warmUps + perSecond * seconds
      const all = await lettersOf(processes, { perSecond, count })
      await sendAtRate(all.slice(0, warmUps), perSecond / 2)
      const letters = all.slice(warmUps)
      const storedBefore = await stored()
      const before = await processes.held()
      const { times, statuses, tookMs } = await sendAtRate(letters, perSecond)
      const cpuMs = (await processes.held()).cpuMs - before.cpuMs
      assert.deepEqual([...new Set(statuses)], [202])
      assert.equal((await stored()) - storedBefore, letters.length)
      const sorted = times.toSorted((one, other) => one - other)
      const at = (part: number) => sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN
      const figures = [
        `${letters.length} deliveries at ${Math.round((letters.length / tookMs) * 1_000)}/s`,
        `p50 ${at(0.5).toFixed(1)} ms`,
        `p99 ${at(0.99).toFixed(1)} ms`,
        `longest ${at(1).toFixed(1)} ms`,
        `Taskr's processor time ${(cpuMs / letters.length).toFixed(2)} ms each`,
      ].join(', ')
      context.diagnostic(figures)
      assert.ok(at(0.99) < promisedMs, figures)
    },
  )
}
