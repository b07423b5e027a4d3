// Makes a copy of the repository as `npm start` sees it, with a `.env` and a `data/` of its own: the tools are copied, the
// rest is linked.
import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { freePort } from '../free-port.ts'
import { readWaitedMs } from '../stopwatch.ts'

export interface Checkout {
  readonly folder: string
  /** The addresses of Taskr and the local Attio once started. */
  readonly taskr: string
  readonly attio: string
  readonly start: (environment?: Environment) => Promise<Running>
  /** Runs a start that is expected to fail; returns its exit code and error output. */
  readonly refuse: (environment?: Environment) => Promise<{ code: number | null; errors: string }>
  readonly remove: () => Promise<void>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

export interface Running {
  /** Time in which the process waited for a processor does not count. */
  readonly readyAfterMs: number
  readonly output: () => string
  readonly errors: () => string
  readonly end: (signal: NodeJS.Signals) => Promise<Ended>
}

type Ended = { readonly code: number | null; readonly signal: NodeJS.Signals | null }
type Environment = Readonly<Record<string, string>>

const repository = resolve(import.meta.dirname, '../..')
const linked = ['app', 'attio', 'local-attio', 'node_modules', 'package.json']

export async function createCheckout(): Promise<Checkout> {
  const folder = await mkdtemp(join(tmpdir(), 'taskr-checkout-'))
  await cp(join(repository, 'tools'), join(folder, 'tools'), { recursive: true })
  for (const name of linked) await symlink(join(repository, name), join(folder, name))
  const ports = { PORT: String(await freePort()), LOCAL_ATTIO_PORT: String(await freePort()) }
  const children: ChildProcess[] = []

  const { PATH = '', NODE_COMPILE_CACHE = '' } = process.env

  const run = (environment: Environment) => {
    const child = spawn(process.execPath, [join(folder, 'tools', 'start.ts')], {
      // Any working directory will do: the script finds its own folder.
      cwd: tmpdir(),
      env: { PATH, NODE_COMPILE_CACHE, HOME: folder, ...ports, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    children.push(child)
    const exited = once(child, 'exit').then(() => ended(child))
    return { child, exited, output: collect(child.stdout), errors: collect(child.stderr) }
  }
  const remove = async (): Promise<void> => {
    for (const child of children) {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
    }
    await rm(folder, { recursive: true, force: true })
  }
  return {
    folder,
    taskr: `http://localhost:${ports.PORT}`,
    attio: `http://localhost:${ports.LOCAL_ATTIO_PORT}`,
    start: async (environment = {}) => {
      const startedAt = performance.now()
      const { child, exited, output, errors } = run(environment)
      const ready = untilSaid(child.stdout, output, 'Ctrl-C stops')
      const first = await Promise.race([ready, exited])
      assert.equal(first, 'said', `It did not start. ${output()}${errors()}`)
      return {
        readyAfterMs: performance.now() - startedAt - readWaitedMs(child.pid ?? 0),
        output,
        errors,
        end: (signal) => {
          child.kill(signal)
          return exited
        },
      }
    },
    refuse: async (environment = {}) => {
      const { exited, errors } = run(environment)
      return { code: (await exited).code, errors: errors() }
    },
    remove,
    [Symbol.asyncDispose]: remove,
  }
}

function ended({ exitCode, signalCode }: ChildProcess): Ended {
  return { code: exitCode, signal: signalCode }
}

function collect(stream: NodeJS.ReadableStream): () => string {
  let text = ''
  stream.setEncoding('utf8')
  stream.on('data', (chunk: string) => {
    text += chunk
  })
  return () => text
}

async function untilSaid(
  stream: NodeJS.ReadableStream,
  said: () => string,
  words: string,
): Promise<'said' | 'ended'> {
  const { promise, resolve } = Promise.withResolvers<'said' | 'ended'>()
  stream.on('data', () => {
    if (said().includes(words)) resolve('said')
  })
  stream.on('end', () => resolve('ended'))
  return await promise
}
