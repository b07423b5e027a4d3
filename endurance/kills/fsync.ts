// node endurance/kills/fsync.ts [steps]: traces a Taskr on SQLite with strace and checks that every database write is on
// the disk before the change is acknowledged. Killing a process cannot show this, because the kernel's buffers survive.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { argv, stdout } from 'node:process'
import { startLocalAttio } from '@taskr/local-attio'
import { createTestFolder } from '../../testing/test-folder.ts'
import type { Scenario } from './scenario.ts'
import { createFastClock } from './fast-clock.ts'
import { readTrace } from './read-trace.ts'
import { settleIn } from './prepare-account.ts'

const [, , steps = '40'] = argv
const beganAt = Date.now()
const clock = createFastClock(beganAt)
const folder = await createTestFolder('taskr-fsync-')
const attio = await startLocalAttio({ port: 0, seed: 'no-tasks', clock })
const settled = await settleIn(attio, clock)
try {
  const trace = join(folder, 'trace')
  const { environment, owner } = settled
  const scenario: Scenario = { environment, ...owner, beganAt, from: 0, steps: Number(steps) }
  const killedProcess = [
    new URL('killed-process.ts', import.meta.url).pathname,
    JSON.stringify(scenario),
  ]
  const calls = 'trace=pwrite64,write,fdatasync,fsync'
  const options = ['-f', '-qq', '-y', '-s', '32', '-e', calls, '-o', trace]
  const traced = spawn('strace', [...options, process.execPath, ...killedProcess], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  await new Promise((resolve, reject) => {
    traced.once('exit', resolve)
    traced.once('error', () => reject(new Error('strace is not installed.')))
  })
  const found = readTrace(readFileSync(trace, 'utf8').split('\n'))
  stdout.write(
    `${found.acknowledged} acknowledged changes, ${found.syncs} syncs of the database, ` +
      `${found.early} acknowledged before all was on the disk\n`,
  )
  assert.equal(found.acknowledged, Number(steps))
  assert.equal(found.early, 0)
} finally {
  await attio.stop()
  await settled.remove()
  await rm(folder, { recursive: true, force: true })
}
