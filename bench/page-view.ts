// `npm run bench`: a page view of Taskr, compared in one run with an app that calls Attio on every page view (as the
// tutorial's does, ten tasks) and with a server that only sends the same bytes. Prints ratios, which do not depend on the
// machine, and the size of a page, raw and compressed.
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { startLocalAttio, standard } from '@taskr/local-attio'
import { z } from 'zod'
import { callbackPath, readConfig } from '../app/config.ts'
import { serveTaskr } from '../app/serve.ts'
import { systemClock } from '../app/support/clock.ts'
import { createLogger } from '../app/support/logger.ts'
import { systemRandomBytes } from '../app/support/random.ts'

const { values } = parseArgs({
  options: {
    tasks: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '5' },
    views: { type: 'string', default: '100' },
  },
})
const [tasks, rounds, views] = [Number(values.tasks), Number(values.rounds), Number(values.views)]
const manyAtOnce = 4

interface Contender {
  readonly name: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly times: number[]
  readonly timesAlone: number[]
}

const attioList = z.object({ data: z.array(z.object({ content_plaintext: z.string() })) })
const folder = mkdtempSync(join(tmpdir(), 'taskr-bench-'))
const attio = await startLocalAttio({ port: 0, seed: { tasks }, rateLimits: false })
const port = await freePort()
const publicUrl = `http://localhost:${port}`
const app = attio.registerApp({
  name: 'Taskr',
  redirectUris: [publicUrl + callbackPath],
  scopes: [
    'task:read-write',
    'user_management:read',
    'object_configuration:read',
    'record_permission:read',
  ],
})
const reading = readConfig({
  PORT: String(port),
  PUBLIC_URL: publicUrl,
  DATABASE_URL: `file:${join(folder, 'taskr.db')}`,
  TASKR_KEYS: `k1:${randomBytes(32).toString('base64url')}`,
  ATTIO_CLIENT_ID: app.clientId,
  ATTIO_CLIENT_SECRET: app.clientSecret,
  ATTIO_APP_URL: attio.url,
  ATTIO_API_URL: attio.url,
})
if (reading.kind === 'refused') throw new Error(reading.problems.join('\n'))
const taskr = await serveTaskr(reading.config, {
  clock: systemClock,
  randomBytes: systemRandomBytes,
  fetch: globalThis.fetch,
  logger: createLogger({ clock: systemClock, write: () => {} }),
})
const token = attio.issueAccessToken({
  clientId: app.clientId,
  workspace: 'acme',
  memberEmail: standard.people.ada.emailAddress,
})
const cookie = await signUpAndConnect()
const page = await (await fetch(`${publicUrl}/`, { headers: { cookie } })).text()
const baseline = await serve(askEveryTime)
const limit = await serve(async () => page)

const contenders: readonly Contender[] = [
  contender('asks Attio on every view (10 tasks)', urlOf(baseline)),
  contender(`Taskr, mine of ${tasks.toLocaleString('en')} tasks`, `${publicUrl}/`, { cookie }),
  contender('Taskr, everyone’s', `${publicUrl}/?whose=everyone`, { cookie }),
  contender('the same bytes, from memory', urlOf(limit)),
]
for (let round = 0; round <= rounds; round++) {
  for (const one of contenders) {
    const times = await measure(one, manyAtOnce)
    const timesAlone = await measure(one, 1)
    if (round === 0) continue
    one.times.push(...times)
    one.timesAlone.push(...timesAlone)
  }
}
await report()
baseline.close()
limit.close()
await taskr.stop()
await attio.stop()
rmSync(folder, { recursive: true, force: true })

function contender(name: string, url: string, headers: Contender['headers'] = {}): Contender {
  return { name, url, headers, times: [], timesAlone: [] }
}

async function measure({ url, headers }: Contender, atOnce: number): Promise<number[]> {
  const times: number[] = []
  const one = async (): Promise<void> => {
    for (let view = 0; view < views / atOnce; view++) {
      const startedAt = performance.now()
      const response = await fetch(url, { headers })
      await response.text()
      if (response.status !== 200) throw new Error(`${url} answered ${response.status}`)
      times.push(performance.now() - startedAt)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, one))
  return times
}

async function report(): Promise<void> {
  const medians = contenders.map(({ times }) => quantile(times, 0.5))
  const [reference = 1] = medians
  console.log(`${rounds} rounds of ${views} page views, ${manyAtOnce} at once and one by one\n`)
  console.log(row([`${manyAtOnce} at once`, 'p95', 'ratio', 'one', 'bytes', 'gzip', 'brotli'], ''))
  for (const [at, { name, url, headers, times, timesAlone }] of contenders.entries()) {
    const median = medians[at] ?? 0
    const body = Buffer.from(await (await fetch(url, { headers })).arrayBuffer())
    const sizes = [body, gzipSync(body), brotliCompressSync(body)]
    const cells = [
      milliseconds(median),
      milliseconds(quantile(times, 0.95)),
      (median / reference).toFixed(2),
      milliseconds(quantile(timesAlone, 0.5)),
      ...sizes.map(({ length }) => length.toLocaleString('en')),
    ]
    console.log(row(cells, name))
  }
}

function row(cells: readonly string[], name: string): string {
  return `${cells.map((cell) => cell.padStart(10)).join('')}   ${name}`
}

function milliseconds(time: number): string {
  return `${time.toFixed(1)} ms`
}

function quantile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

/** The tutorial's page: one request to Attio, ten tasks, a list. */
async function askEveryTime(): Promise<string> {
  const answer = await fetch(`${attio.url}/v2/tasks?limit=10`, {
    headers: { authorization: `Bearer ${token}` },
  })
  const { data } = attioList.parse(await answer.json())
  return `<!doctype html><ul>${data.map((task) => `<li>${task.content_plaintext}</li>`).join('')}</ul>`
}

async function serve(answer: () => Promise<string>): Promise<Server> {
  const server = createServer((_request, response) => {
    void answer().then((body) =>
      response.setHeader('content-type', 'text/html; charset=utf-8').end(body),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${portOf(server)}/`
}

async function freePort(): Promise<number> {
  const server = await serve(async () => '')
  const port = portOf(server)
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function signUpAndConnect(): Promise<string> {
  const cookies = new Map<string, string>()
  const send = async (
    path: string,
    fields?: Readonly<Record<string, string>>,
  ): Promise<Response> => {
    const response = await fetch(new URL(path, publicUrl), {
      method: fields === undefined ? 'GET' : 'POST',
      redirect: 'manual',
      headers: {
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        'sec-fetch-site': 'same-origin',
        ...(fields === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(fields === undefined ? {} : { body: new URLSearchParams(fields).toString() }),
    })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    return response
  }
  await send('/signup', { username: 'bench', password: randomUUID() })
  const begun = await send('/integrations/attio/connect', {})
  const person = standard.people.ada.emailAddress
  const back = attio.control.consent({
    url: begun.headers.get('location') ?? '',
    person,
    workspace: 'acme',
  })
  await send(back.pathname + back.search)
  while (!(await (await send('/')).text()).includes('class="task"')) await systemClock.wait(100)
  while ((await (await send('/')).text()).includes('data-refresh-every'))
    await systemClock.wait(100)
  return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
}
