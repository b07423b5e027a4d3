// Kills a busy Taskr repeatedly and restarts it on the same database. At the end every acknowledged step must have been
// done exactly once.
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import type { SendingStep } from '../../app/tasks/sending/sending-steps.ts'
import { standard, startLocalAttio } from '@taskr/local-attio'
import { expectedContents, type Scenario } from './scenario.ts'
import { createFastClock } from './fast-clock.ts'
import { beginLife, type Life } from './life.ts'
import { settleIn } from './prepare-account.ts'

export interface Kill {
  readonly at?: { readonly point: SendingStep; readonly time: number }
  readonly afterMs?: number
}

export interface Report {
  readonly kills: number
  readonly steps: number
  readonly seconds: number
}

/** Runs one process per kill, and one more to finish. Without `databaseUrl` they use a new SQLite file. */
export async function killAgain(options: {
  readonly databaseUrl?: string
  readonly kills: readonly Kill[]
  readonly stepsPerLife: number
}): Promise<Report> {
  const beganAt = Date.now()
  const clock = createFastClock(beganAt)
  const attio = await startLocalAttio({ port: 0, seed: 'no-tasks', clock })
  const settled = await settleIn(attio, clock, options.databaseUrl)
  try {
    const { environment, owner } = settled
    let from = 0
    let kills = 0
    for (const kill of [...options.kills, undefined]) {
      const steps = kill === undefined ? from : from + options.stepsPerLife
      const life = await live({ environment, ...owner, beganAt, from, steps }, kill)
      if (kill !== undefined && life.wasKilled) kills += 1
      from = life.next
      if (kill === undefined) assert.ok(life.isDelivered, 'everything was delivered at last')
    }
    // The last process finishes the task it began, because the model knows whole tasks only.
    const whole = Math.ceil(from / 4) * 4
    const last = await live({ environment, ...owner, beganAt, from, steps: whole }, undefined)
    assert.ok(last.isDelivered)
    const tasks = attio.control.world.tasks
      .all()
      .filter(({ workspaceId }) => workspaceId === standard.workspaces.acme.id)
    assert.deepEqual(tasks.map(({ content }) => content).toSorted(), expectedContents(whole))
    assert.ok(tasks.every(({ isCompleted }) => isCompleted))
    return { kills, steps: whole, seconds: Math.round((Date.now() - beganAt) / 1_000) }
  } finally {
    await attio.stop()
    await settled.remove()
  }
}

async function live(scenario: Scenario, kill: Kill | undefined): Promise<Life> {
  const life = beginLife(kill?.at === undefined ? scenario : { ...scenario, killAt: kill.at })
  if (kill?.afterMs !== undefined) {
    await Promise.race([life.ended, sleep(kill.afterMs)])
    life.process.kill('SIGKILL')
  }
  return await life.ended
}
