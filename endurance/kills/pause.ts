// Suspends a worker for longer than its lease while another worker does its work: when resumed, it must not repeat that
// work (RL-11). This needs PostgreSQL, where two processes can share a database.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { standard, startLocalAttio } from '@taskr/local-attio'
import type { SendingStep } from '../../app/tasks/sending/sending-steps.ts'
import { expectedContents } from './scenario.ts'
import { createFastClock } from './fast-clock.ts'
import { beginLife, type Begun } from './life.ts'
import { settleIn } from './prepare-account.ts'

const stepsEach = 8

export async function pauseAt(
  points: readonly SendingStep[],
  databaseUrl: string,
): Promise<{ readonly paused: number }> {
  const beganAt = Date.now()
  const clock = createFastClock(beganAt)
  const attio = await startLocalAttio({ port: 0, seed: 'no-tasks', clock })
  const { environment, owner, remove } = await settleIn(attio, clock, databaseUrl)
  let paused = 0
  try {
    for (const [round, stopAt] of points.entries()) {
      const from = round * stepsEach
      const scenario = { environment, ...owner, beganAt, from }
      // It does one step only, so that it is not suspended inside the transaction of another step.
      const sleeper = beginLife({ ...scenario, steps: from + 1, stopAt })
      try {
        if (await standsStill(sleeper)) paused += 1
        const steps = from + stepsEach
        const other = await beginLife({ ...scenario, from: sleeper.next(), steps }).ended
        assert.ok(other.isDelivered)
        sleeper.process.kill('SIGCONT')
        assert.ok((await sleeper.ended).isDelivered)
      } finally {
        sleeper.process.kill('SIGKILL')
      }
    }
    const tasks = attio.control.world.tasks
      .all()
      .filter(({ workspaceId }) => workspaceId === standard.workspaces.acme.id)
    const contents = tasks.map(({ content }) => content).toSorted()
    assert.deepEqual(contents, expectedContents(points.length * stepsEach))
    return { paused }
  } finally {
    await attio.stop()
    await remove()
  }
}

/** Waits until the process is suspended; resolves to false when it ended first. */
async function standsStill(life: Begun): Promise<boolean> {
  for (;;) {
    const { exitCode, pid } = life.process
    if (exitCode !== null || pid === undefined) return false
    // The third word is the state (proc(5)); the second, the name, has no spaces here.
    if (readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ')[2] === 'T') return true
    await sleep(20)
  }
}
