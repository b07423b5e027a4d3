// Starts the process that is killed and collects its output until it ends.
import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Scenario } from './scenario.ts'

export interface Life {
  /** The number of the first unacknowledged step. */
  readonly next: number
  readonly wasKilled: boolean
  readonly isDelivered: boolean
}

export interface Begun {
  readonly process: ChildProcess
  /** Resolves when the process ends; rejects when it fails by itself. */
  readonly ended: Promise<Life>
  readonly next: () => number
}

export function beginLife(scenario: Scenario): Begun {
  const killedProcess = spawn(process.execPath, [processPath, JSON.stringify(scenario)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let next = scenario.from
  let isDelivered = false
  let complaints = ''
  killedProcess.stderr.on('data', (text) => (complaints += String(text)))
  const lines = createInterface({ input: killedProcess.stdout })
  lines.on('line', (line) => {
    if (line === 'delivered') isDelivered = true
    else next = Number(line) + 1
  })
  const linesEnded = once(lines, 'close')
  const exited = new Promise<{ code: number | null; wasKilled: boolean }>((resolve) => {
    killedProcess.once('exit', (code, signal) => resolve({ code, wasKilled: signal === 'SIGKILL' }))
  })
  const end = async (): Promise<Life> => {
    const { code, wasKilled } = await exited
    await linesEnded
    assert.ok(wasKilled || code === 0, complaints)
    return { next, wasKilled, isDelivered }
  }
  return { process: killedProcess, ended: end(), next: () => next }
}

const processPath = new URL('killed-process.ts', import.meta.url).pathname
