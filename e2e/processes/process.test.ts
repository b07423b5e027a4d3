// Taskr as a process of its own: how it stops, and what it survives.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { suite, test } from 'node:test'
import { createTestFolder } from '../../testing/test-folder.ts'
import { z } from 'zod'
import { askWithoutPause } from '../../testing/processes/steady-load.ts'
import {
  productionEnvironment,
  runProcess,
  startProcess,
  type TaskrProcess,
} from '../../testing/processes/taskr-process.ts'
import { readEveryTable } from '../../testing/in-process/stored-bytes.ts'
import { startStopwatch } from '../../testing/stopwatch.ts'
import { sendBytes } from '../../testing/in-process/raw-requests.ts'
import { password } from '../../testing/in-process/testbed.ts'

suite('the process', { concurrency: true }, () => {
  test('RL-30 H-10 after SIGTERM under load Taskr is not ready at once, fails no accepted request and exits with 0 before its own time limit', async () => {
    await using started = await start()
    const { taskr } = started
    const paths = ['/', '/login', '/signup', '/healthz', '/connections']
    const load = askWithoutPause(taskr.port, 30, paths)
    await until(() => load.tally.answered > 500)
    taskr.signal('SIGTERM')
    const tally = await load.ended
    assert.equal(await statusOf(taskr.port, '/readyz'), 503)
    assert.deepEqual(tally.failed, [])
    assert.equal(tally.refused, 0)
    // Fifteen seconds after the signal it would end with 1.
    assert.equal((await taskr.ended).code, 0)
    assert.equal(await statusOf(taskr.port, '/healthz'), 0)
  })

  test('RL-30 a second signal ends Taskr at once', async () => {
    await using started = await start()
    const { taskr } = started
    const slow = sendBytes(
      taskr.port,
      ['POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\na'],
      20_000,
    )
    await until(() => taskr.lines.length > 0)
    taskr.signal('SIGTERM')
    await new Promise((done) => setTimeout(done, 200))
    taskr.signal('SIGTERM')
    // After the first one alone it would end with 0.
    assert.equal((await taskr.ended).code, 1)
    await slow
  })

  test('RL-33 RL-32 H-10 slow senders and slow readers are cut off within fifteen seconds, and other requests are answered meanwhile', async () => {
    await using started = await start()
    const { port } = started.taskr
    const page = await (await fetch(`http://localhost:${port}/`)).text()
    const stylesheet = /\/assets\/[\w.-]+\.css/.exec(page)?.[0] ?? ''
    const slow = [
      ...copies(50, () => sendBytes(port, drip('GET / HTTP/1.1\r\nHost: localhost\r\nX-'), 60_000)),
      ...copies(50, () =>
        sendBytes(
          port,
          drip(
            'POST /login HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nusername=',
          ),
          60_000,
        ),
      ),
      ...copies(20, () => sendBytes(port, [], 60_000)),
      ...copies(3, () => readNothing(port, stylesheet, 25_000)),
    ]
    const waits: number[] = []
    const ended = Promise.all(slow)
    let isOver = false
    void ended.then(() => {
      isOver = true
    })
    while (!isOver) {
      const stopwatch = startStopwatch()
      assert.equal(await statusOf(port, '/login'), 200)
      waits.push(stopwatch.elapsedMs())
      await new Promise((done) => setTimeout(done, 200))
    }
    for (const { isClosed, ms } of await ended) {
      assert.ok(isClosed)
      assert.ok(ms < 16_500, `${ms} ms`)
    }
    assert.ok(Math.max(...waits) < 3_000)
  })

  test('H-04 RL-21 stored data survives kill -9, and a second process on the same file does not start', async () => {
    const folder = await createTestFolder('taskr-process-')
    const environment = productionEnvironment(`file:${folder}/taskr.db`)
    const first = await startProcess(environment)
    const cookie = await signUp(first.port)
    const second = runProcess(environment)
    assert.equal((await second.ended).code, 1)
    assert.match(second.stderr(), /^Taskr did not start:\n {2}Another Taskr is running on .*\n$/)
    first.signal('SIGKILL')
    await first.ended
    const again = await startProcess(environment)
    assert.equal(await statusOf(again.port, '/connections', { cookie }), 200)
    again.signal('SIGKILL')
    await again.ended

    const otherKeys = productionEnvironment(environment['DATABASE_URL'] ?? '')
    const stored = async () =>
      JSON.stringify([...(await readEveryTable(environment['DATABASE_URL'] ?? ''))])
    const before = await stored()
    const refused = runProcess(otherKeys)
    assert.equal((await refused.ended).code, 1)
    assert.match(
      refused.stderr(),
      /^Taskr did not start:\n {2}The key k1 of TASKR_KEYS is not the one .*\n$/,
    )
    assert.ok((await stored()) === before)
    await rm(folder, { recursive: true, force: true })
  })

  test('H-03 H-13 TK-07 OA-27 production without its settings, or with unsafe ones, does not start and repeats no value', async () => {
    const good = productionEnvironment('file:/nowhere/taskr.db')
    const starts: readonly (readonly [string, Record<string, string>])[] = [
      ['TASKR_KEYS', { TASKR_KEYS: 'k1:Y2hhbmdlLW1lLWNoYW5nZS1tZS1jaGFuZ2UtbWUtMzI' }],
      ['PUBLIC_URL', { PUBLIC_URL: 'http://taskr.example.com' }],
      ['ATTIO_API_URL', { ATTIO_API_URL: 'http://attio.example.com' }],
      ['ATTIO_CLIENT_SECRET', { ATTIO_CLIENT_SECRET: 'your-client-secret-goes-here-please-0000' }],
      ['ATTIO_CLIENT_ID', { ATTIO_CLIENT_ID: 'undefined' }],
    ]
    const bad = Object.fromEntries(starts.flatMap(([, change]) => Object.entries(change)))
    const nothing = runProcess({ NODE_ENV: 'production' })
    const unsafe = runProcess({ ...good, ...bad })
    for (const run of [nothing, unsafe]) {
      assert.equal((await run.ended).code, 1)
      for (const [name] of starts.slice(0, 2))
        assert.match(run.stderr(), new RegExp(`^ {2}${name} `, 'm'))
      assert.doesNotMatch(run.stderr(), /\n\s+at /)
    }
    for (const [name, change] of starts) {
      assert.match(unsafe.stderr(), new RegExp(`^ {2}${name} `, 'm'))
      for (const value of Object.values(change)) assert.ok(!unsafe.stderr().includes(value), name)
    }
  })

  test('H-12 standard output is one JSON object a line, each with a time, a level and an event', async () => {
    await using started = await start()
    const { taskr } = started
    await signUp(taskr.port)
    await statusOf(taskr.port, '/nowhere\u001b[31m?secret=canary-4711')
    await sendBytes(taskr.port, ['GARBAGE\r\n\r\n'], 300)
    // Of a path that Taskr does not have, the log shows nothing.
    await until(() => taskr.lines.some((line) => line.includes('"path":"/…"')))
    for (const line of taskr.lines) {
      const read = logLine.parse(JSON.parse(line))
      assert.ok(!Number.isNaN(Date.parse(read.time)))
      // oxlint-disable-next-line no-control-regex -- the test checks for control characters
      assert.doesNotMatch(line, /[\u0000-\u001f\u007f-\u009f]|canary/)
    }
    assert.equal(taskr.stderr(), '')
  })
})

const logLine = z.object({
  level: z.enum(['info', 'warn', 'error']),
  time: z.iso.datetime(),
  event: z.string().regex(/^[a-z]+\.[a-z-]+$/),
})

function copies<Value>(count: number, make: () => Value): Value[] {
  return Array.from({ length: count }, make)
}

/** Sends the beginning at once, then a byte a second. */
async function* drip(beginning: string): AsyncGenerator<string> {
  yield beginning
  for (let sent = 0; sent < 30; sent++) {
    await new Promise((done) => setTimeout(done, 1_000))
    yield 'a'
  }
}

/** Requests more than a connection buffers and reads nothing for a while. Returns whether Taskr closed the connection. */
async function readNothing(
  port: number,
  path: string,
  waitMs: number,
): Promise<{ isClosed: boolean; ms: number }> {
  const asked = 400
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  await once(socket, 'connect')
  socket.pause()
  socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`.repeat(asked))
  await new Promise((done) => setTimeout(done, waitMs))
  let heard = ''
  socket.on('data', (bytes) => {
    heard += bytes.toString('latin1')
  })
  const ended = once(socket, 'close')
  socket.resume()
  await ended
  const answers = heard.split('HTTP/1.1 200').length - 1
  return { isClosed: answers < asked, ms: 0 }
}

async function signUp(port: number): Promise<string> {
  const answer = await fetch(`http://localhost:${port}/signup`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: 'http://localhost:3050', 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams({ username: 'jo', password }),
  })
  assert.equal(answer.status, 303)
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

async function start(): Promise<{
  taskr: TaskrProcess
  [Symbol.asyncDispose]: () => Promise<void>
}> {
  const folder = await createTestFolder('taskr-process-')
  const taskr = await startProcess(productionEnvironment(`file:${folder}/taskr.db`))
  return {
    taskr,
    [Symbol.asyncDispose]: async () => {
      taskr.signal('SIGKILL')
      await taskr.ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function statusOf(
  port: number,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<number> {
  try {
    const answer = await fetch(`http://localhost:${port}${path}`, { headers, redirect: 'manual' })
    await answer.text()
    return answer.status
  } catch {
    return 0
  }
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((done) => setTimeout(done, 10))
}
