// How fast it is: node local-attio/tools/bench.ts
// The server has a process of its own, so that its CPU time is its own; "on one core" is requests
// per second of that time, which does not depend on what else the machine does.
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { Agent, get } from 'node:http'
import { performance } from 'node:perf_hooks'
import { z } from 'zod'
import { createLocalAttio, standard, startLocalAttio } from '../src/index.ts'

const scopes = [
  'task:read',
  'object_configuration:read',
  'record_permission:read',
  'user_management:read',
]

if (process.send) await serve()
else await measure()

/** In the child process: a workspace with 10,000 tasks, no limits, and figures on request. */
async function serve(): Promise<void> {
  const attio = await startLocalAttio({ port: 0, seed: { tasks: 10_000 }, rateLimits: false })
  const { clientId } = attio.registerApp({ name: 'Bench', redirectUris: [], scopes })
  const memberEmail = standard.people.ada.emailAddress
  const token = attio.issueAccessToken({ clientId, memberEmail, workspace: 'acme' })
  process.on('message', () => {
    const { user, system } = process.cpuUsage()
    process.send?.({ cpuMs: (user + system) / 1000, memory: process.memoryUsage.rss() })
  })
  process.send?.({ port: attio.port, token })
}

async function measure(): Promise<void> {
  // The flags of src/bin.ts: without them V8 takes more memory, and is faster still.
  const execArgv = ['--max-semi-space-size=8', '--heap-growing-percent=20']
  const child = fork(new URL(import.meta.url).pathname, { execArgv })
  const hello = await messageOf(child)
  const server = z.object({ port: z.number(), token: z.string() }).parse(hello)
  const figures = async () => {
    child.send('figures')
    return z.object({ cpuMs: z.number(), memory: z.number() }).parse(await messageOf(child))
  }

  const run = async (path: string, requests: number) => {
    await load(server, path, Math.ceil(requests / 5))
    const before = await figures()
    const began = performance.now()
    await load(server, path, requests)
    const elapsedMs = performance.now() - began
    const after = await figures()
    const cpuMs = after.cpuMs - before.cpuMs
    return { perCore: (requests / cpuMs) * 1000, perSecond: (requests / elapsedMs) * 1000, cpuMs }
  }

  const ten = await run('/v2/tasks?limit=10', 20_000)
  print('GET /v2/tasks?limit=10, 10,000 tasks', `${round(ten.perCore)} a second on one core`)
  print('  the same, by the clock on the wall', `${round(ten.perSecond)} a second`)
  print('  memory after 24,000 of them', `${round((await figures()).memory / 2 ** 20)} MB`)
  const first = await run('/v2/tasks?limit=500&offset=0', 600)
  const last = await run('/v2/tasks?limit=500&offset=9500', 600)
  print('GET /v2/tasks?limit=500&offset=0', `${(first.cpuMs / 600).toFixed(2)} ms`)
  print('GET /v2/tasks?limit=500&offset=9500', `${(last.cpuMs / 600).toFixed(2)} ms`)
  print('  last page to first page', `${(last.cpuMs / first.cpuMs).toFixed(2)} times`)
  print('memory after 1,440 pages of 500', `${round((await figures()).memory / 2 ** 20)} MB`)
  child.kill()

  await measureStarts()
}

/** In CPU time, like the requests. */
async function measureStarts(): Promise<void> {
  const cpuMs = () => process.cpuUsage().user / 1000 + process.cpuUsage().system / 1000
  const each = async (count: number, start: () => unknown): Promise<string> => {
    const began = cpuMs()
    for (let made = 0; made < count; made++) await start()
    return `${((cpuMs() - began) / count).toFixed(2)} ms`
  }
  const create = () => createLocalAttio().close()
  const createAndAsk = async () => {
    const attio = createLocalAttio()
    await attio.fetch(`${attio.origin}/v2/self`)
    attio.close()
  }
  const createAndList = async () => {
    const attio = createLocalAttio()
    const { clientId } = attio.registerApp({ name: 'Bench', redirectUris: [], scopes })
    const memberEmail = standard.people.ada.emailAddress
    const token = attio.issueAccessToken({ clientId, memberEmail, workspace: 'acme' })
    const headers = { authorization: `Bearer ${token}` }
    await attio.fetch(`${attio.origin}/v2/tasks?limit=10`, { headers })
    attio.close()
  }
  // What a seed costs as a whole: its documents are built when they are first needed.
  const createAndSave = () => {
    const attio = createLocalAttio()
    attio.control.save()
    attio.close()
  }
  print('createLocalAttio(), the first', await each(1, create))
  print('  after a hundred of them', (await each(100, create), await each(1_000, create)))
  print('  with its first request', (await each(100, createAndAsk), await each(500, createAndAsk)))
  print(
    '  with an app, a token and a page of tasks',
    (await each(100, createAndList), await each(500, createAndList)),
  )
  print('  with every document', (await each(100, createAndSave), await each(500, createAndSave)))
}

async function messageOf(child: ChildProcess): Promise<unknown> {
  const messages: readonly unknown[] = await once(child, 'message')
  return messages[0]
}

async function load(
  server: { port: number; token: string },
  path: string,
  requests: number,
): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 })
  const headers = { authorization: `Bearer ${server.token}` }
  let left = requests
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      get({ port: server.port, path, headers, agent }, (response) => {
        if (response.statusCode !== 200) reject(new Error(`${path}: ${response.statusCode}`))
        response.resume().on('end', resolve)
      }).on('error', reject)
      await promise
    }
  }
  await Promise.all(Array.from({ length: 16 }, worker))
  agent.destroy()
}

function print(what: string, figure: string): void {
  console.log(`${what.padEnd(46)} ${figure}`)
}

function round(number: number): string {
  return Math.round(number).toLocaleString('en')
}
