// Kills a Taskr that is at work, again and again, and starts it again on what it kept. In the end every step that it
// acknowledged has happened once.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { createInterface } from 'node:readline'
import type { DeliveryPoint } from '../../app/changes/delivery-points.ts'
import { standard, startLocalAttio } from '@taskr/local-attio'
import { expectedContents, type Errand } from './errand.ts'
import { createFastClock } from './fast-clock.ts'
import { settleIn } from './settle-in.ts'

export interface Kill {
  readonly at?: { readonly point: DeliveryPoint; readonly time: number }
  readonly afterMs?: number
}

export interface Report {
  readonly kills: number
  readonly steps: number
  readonly seconds: number
}

/** One life per kill, and one more to finish. Without `databaseUrl` in a new SQLite file. */
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
    // A task that was begun is finished: the model knows whole tasks only.
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

interface Life {
  readonly next: number
  readonly wasKilled: boolean
  readonly isDelivered: boolean
}

async function live(errand: Errand, kill: Kill | undefined): Promise<Life> {
  const told: Errand = kill?.at === undefined ? errand : { ...errand, killAt: kill.at }
  const victim = spawn(process.execPath, [victimPath, JSON.stringify(told)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let next = errand.from
  let isDelivered = false
  let complaints = ''
  victim.stderr.on('data', (text) => (complaints += String(text)))
  const lines = createInterface({ input: victim.stdout })
  lines.on('line', (line) => {
    if (line === 'delivered') isDelivered = true
    else next = Number(line) + 1
  })
  const linesEnded = once(lines, 'close')
  const exited = new Promise<{ code: number | null; wasKilled: boolean }>((resolve) => {
    victim.once('exit', (code, signal) => resolve({ code, wasKilled: signal === 'SIGKILL' }))
  })
  if (kill?.afterMs !== undefined) {
    await Promise.race([exited, sleep(kill.afterMs)])
    victim.kill('SIGKILL')
  }
  const { code, wasKilled } = await exited
  await linesEnded
  assert.ok(wasKilled || code === 0, complaints)
  return { next, wasKilled, isDelivered }
}

const victimPath = new URL('victim.ts', import.meta.url).pathname
