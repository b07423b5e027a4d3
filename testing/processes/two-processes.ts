// Starts Taskr and a local Attio, each in a process of its own, on free ports.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { callbackPath } from '../../app/config/config.ts'
import { freePort } from '../free-port.ts'
import { startProcess } from './taskr-process.ts'
import { scopes } from '../in-process/testbed.ts'

export interface TwoProcesses {
  readonly taskr: string
  readonly attio: string
  readonly databaseUrl: string
  /** Stops Taskr and starts it again on the same database. */
  readonly restartTaskr: () => Promise<void>
  /** Returns Taskr's memory use after a garbage collection. */
  readonly held: () => Promise<Held>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

const held = z.object({
  rss: z.number(),
  heapUsed: z.number(),
  sockets: z.number(),
  timers: z.number(),
  cpuMs: z.number(),
})
export type Held = z.infer<typeof held>

const registered = z.object({ clientId: z.string(), clientSecret: z.string() })

export interface TwoProcessesOptions {
  /** Default: a new SQLite file. */
  readonly databaseUrl?: string
  /** The number of tasks in Attio; default those of the standard world. */
  readonly tasks?: number
}

export async function startTwoProcesses(options: TwoProcessesOptions = {}): Promise<TwoProcesses> {
  // Uses a real disk where there is one, so that writes take their real time.
  const folder = await mkdtemp(join(tmpdir(), 'taskr-live-'))
  const attio = await startAttio()
  if (options.tasks !== undefined) await reset(attio.url, { tasks: options.tasks })
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const app = await register(attio.url, [url + callbackPath])
  const databaseUrl = options.databaseUrl ?? `file:${join(folder, 'taskr.db')}`
  const environment = {
    PORT: String(port),
    PUBLIC_URL: url,
    DATABASE_URL: databaseUrl,
    TASKR_KEYS: `k1:${randomBytes(32).toString('base64url')}`,
    ATTIO_CLIENT_ID: app.clientId,
    ATTIO_CLIENT_SECRET: app.clientSecret,
    ATTIO_APP_URL: attio.url,
    ATTIO_API_URL: attio.url,
  }
  const startTaskr = () =>
    startProcess(environment, 'testing/processes/taskr-without-sign-up-limits.ts')
  let taskr = await startTaskr()
  const stopTaskr = async (): Promise<void> => {
    taskr.signal('SIGTERM')
    await taskr.ended
  }
  return {
    taskr: url,
    attio: attio.url,
    databaseUrl,
    restartTaskr: async () => {
      await stopTaskr()
      taskr = await startTaskr()
    },
    held: async () => {
      const before = taskr.lines.length
      taskr.signal('SIGUSR2')
      for (let looks = 0; looks < 200; looks++) {
        await sleep(50)
        const line = taskr.lines.slice(before).find((one) => one.includes('"taskr.holds"'))
        if (line !== undefined) return held.parse(JSON.parse(line))
      }
      assert.fail('Taskr did not say what it holds.')
    },
    [Symbol.asyncDispose]: async () => {
      await stopTaskr()
      await attio.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export async function startAttio() {
  const port = await freePort()
  const child = spawn(process.execPath, ['local-attio/src/bin.ts', '--port', String(port)], {
    cwd: resolve(import.meta.dirname, '../..'),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  await Promise.race([once(child.stdout, 'data'), ended])
  assert.equal(child.exitCode, null, 'The local Attio did not start.')
  return {
    url: `http://localhost:${port}`,
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}

async function reset(attio: string, seed: { readonly tasks: number }): Promise<void> {
  const answer = await fetch(`${attio}/_control/reset`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ seed }),
  })
  assert.equal(answer.status, 204, await answer.text())
}

export async function register(attio: string, redirectUris: readonly string[]) {
  const answer = await fetch(`${attio}/_control/apps`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Taskr', redirectUris, scopes }),
  })
  return registered.parse(await answer.json())
}
