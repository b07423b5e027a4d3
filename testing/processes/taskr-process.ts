// Starts Taskr as a process of its own, as in production, on a free port.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import { z } from 'zod'
import { readBuiltAssets, writeBuiltAssets } from '../../app/web/assets/built-assets.ts'

const root = resolve(import.meta.dirname, '../..')

export interface TaskrProcess {
  readonly port: number
  readonly pid: number
  /** Standard output, a line each. */
  readonly lines: readonly string[]
  readonly stderr: () => string
  readonly signal: (
    name: 'SIGTERM' | 'SIGINT' | 'SIGKILL' | 'SIGSTOP' | 'SIGCONT' | 'SIGUSR2',
  ) => void
  readonly ended: Promise<Ending>
}

export interface Ending {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

export type Environment = Readonly<Record<string, string>>

/** Returns every setting that production requires, on loopback. */
export function productionEnvironment(databaseUrl: string): Environment {
  return {
    NODE_ENV: 'production',
    PORT: '0',
    PUBLIC_URL: 'http://localhost:3050',
    DATABASE_URL: databaseUrl,
    TASKR_KEYS: `k1:${randomBytes(32).toString('base64url')}`,
    ATTIO_CLIENT_ID: 'd5c64b9f-1b5d-4b6c-8a3c-5e0d2f1a7b90',
    ATTIO_CLIENT_SECRET: randomBytes(32).toString('hex'),
  }
}

/** Resolves when the process listens; rejects with its error output when it ends before. */
export async function startProcess(
  environment: Environment,
  script?: string,
  place?: ProcessPlace,
): Promise<TaskrProcess> {
  if (readBuiltAssets().kind === 'refused') await writeBuiltAssets()
  const run = runProcess(environment, script, place)
  const port = await Promise.race([run.listening, run.ended.then(() => undefined)])
  if (port === undefined) throw new Error(`Taskr did not start: ${run.stderr()}`)
  return { ...run, port }
}

export interface ProcessPlace {
  readonly node?: string
  /** The root of the repository that it runs from. */
  readonly folder?: string
  readonly user?: { readonly uid?: number; readonly gid?: number }
}

/** Starts the process without waiting for it to listen. */
export function runProcess(
  environment: Environment,
  script = 'app/main.ts',
  { node = process.execPath, folder = root, user = {} }: ProcessPlace = {},
) {
  const { PATH = '', NODE_COMPILE_CACHE = '' } = process.env
  const child = spawn(node, [script], {
    ...user,
    cwd: folder,
    env: { PATH, NODE_COMPILE_CACHE, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  const listening = Promise.withResolvers<number>()
  let rest = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n')
    rest = parts.pop() ?? ''
    for (const line of parts) {
      lines.push(line)
      if (line.includes('"taskr.started"'))
        listening.resolve(startedLine.parse(JSON.parse(line)).port)
    }
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const ended = new Promise<Ending>((done) => {
    child.on('close', (code, signal) => done({ code, signal }))
  })
  return {
    pid: child.pid ?? 0,
    lines,
    stderr: () => stderr,
    signal: (name: NodeJS.Signals) => void child.kill(name),
    listening: listening.promise,
    ended,
  }
}

const startedLine = z.object({ port: z.number() })
