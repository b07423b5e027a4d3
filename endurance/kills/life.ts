// One life of the process that is killed: from its start to its end, and what it said meanwhile.
import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Scenario } from './scenario.ts'

export interface Life {
  /** The first step that it has not acknowledged. */
  readonly next: number
  readonly wasKilled: boolean
  readonly isDelivered: boolean
}

export interface Begun {
  readonly process: ChildProcess
  /** Fails when it ends by itself and not well. */
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
