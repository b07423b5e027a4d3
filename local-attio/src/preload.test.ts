import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { startLocalAttio } from './start.ts'

const run = promisify(execFile)

test('a client with a fixed address reaches the local Attio through the preload', async (t) => {
  const attio = await startLocalAttio({ port: 0 })
  t.after(() => attio.stop())
  const { stdout } = await run(
    process.execPath,
    ['--import', join(import.meta.dirname, 'preload.ts'), '--input-type=module', '-e', client],
    { env: { ...process.env, LOCAL_ATTIO_URL: attio.url } },
  )
  assert.deepEqual(stdout.trim().split('\n'), Array(7).fill('401'))
  assert.deepEqual(
    attio.control.journal.entries().map(({ method, path, query }) => `${method} ${path}${query}`),
    [
      'GET /v2/tasks?limit=1',
      'GET /v2/tasks?limit=1',
      'POST /v2/tasks?limit=1',
      'GET /v2/tasks?limit=1',
      'GET /v2/tasks?limit=1',
      'GET /v2/tasks?limit=1',
      'GET /v2/tasks?limit=1',
    ],
  )
})

const client = `
import https, { get, request } from 'node:https'
const url = 'https://api.attio.com/v2/tasks?limit=1'
console.log((await fetch(url)).status)
console.log((await fetch(new URL(url))).status)
console.log((await fetch(new Request(url, { method: 'POST', body: '{}' }))).status)
const status = (send) => new Promise((resolve, reject) => {
  send((answer) => { answer.resume(); resolve(answer.statusCode) }).on('error', reject).end()
})
console.log(await status((listener) => https.request(url, listener)))
console.log(await status((listener) => https.get(new URL(url), { headers: { a: 'b' } }, listener)))
console.log(await status((listener) => request({ hostname: 'api.attio.com', path: '/v2/tasks?limit=1', agent: https.globalAgent }, listener)))
console.log(await status((listener) => get({ host: 'api.attio.com', path: '/v2/tasks?limit=1' }, listener)))
`
