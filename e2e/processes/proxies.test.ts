// The examples of deploy/ for nginx, HAProxy and Caddy, each started before a Taskr. `npm run test:endurance -- proxies`
// restarts nodes behind them.
import assert from 'node:assert/strict'
import { get } from 'node:http'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import {
  isInstalled,
  proxyNames,
  startProxy,
  type ProxyName,
} from '../../endurance/proxies/proxy.ts'
import { freePort } from '../../testing/free-port.ts'
import { createTestFolder } from '../../testing/test-folder.ts'
import { password } from '../../testing/in-process/testbed.ts'
import { realBrowser } from '../../testing/processes/attio-pages.ts'
import { openStreams } from '../../testing/processes/event-streams.ts'
import { productionEnvironment, startProcess } from '../../testing/processes/taskr-process.ts'

const wrongPasswords = 3

suite('the example for a proxy', () => {
  for (const name of proxyNames) {
    const skip = isInstalled(name) ? false : `${name} is not on this machine`
    test(
      `${name} leaves compression to Taskr, passes streams on at once, and cannot be told another address`,
      { skip },
      async () => {
        await behind(name, async (url) => {
          const jo = realBrowser(url)
          const timeZone = 'Europe/Berlin'
          const entered = await jo.post('/signup', { username: 'jo', password, timeZone })
          assert.equal(entered.status, 303, entered.body)
          const home = await jo.get('/')
          const [, sheet = ''] = /<link rel="stylesheet" href="([^"]+)"/.exec(home.body) ?? []
          for (const path of ['/', sheet]) {
            assert.equal(await encodingOf(new URL(path, url)), 'gzip', path)
          }
          assert.equal(await encodingOf(new URL('/login', url)), 'none')
          // Resolves with the first bytes, which a proxy that buffers would hold back.
          const streams = await openStreams(url, [jo], 3)
          await streams.close()
          assert.deepEqual(await logInFromManyAddresses(url), [401, 401, 401, 429])
        })
      },
    )
  }
})

async function behind(name: ProxyName, play: (url: string) => Promise<void>): Promise<void> {
  const folder = await createTestFolder('taskr-behind-proxy-')
  const [port, node] = [await freePort(), await freePort()]
  const taskr = await startProcess({
    ...productionEnvironment(`file:${join(folder, 'taskr.db')}`),
    PORT: String(node),
    PUBLIC_URL: `http://localhost:${port}`,
    TASKR_TRUSTED_PROXIES: '1',
    TASKR_LOG_INS_PER_MINUTE: String(wrongPasswords),
  })
  const proxy = await startProxy(name, port, [node, node])
  try {
    await play(proxy.url)
  } finally {
    await proxy.close()
    taskr.signal('SIGTERM')
    await taskr.ended
    await rm(folder, { recursive: true, force: true })
  }
}

/** Returns the content coding of an answer; `fetch` would decode it and drop the header. */
function encodingOf(url: URL): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const asking = get(url, { headers: { 'accept-encoding': 'gzip' } }, (answer) => {
    answer.resume()
    resolve(answer.headers['content-encoding'] ?? 'none')
  })
  asking.on('error', reject)
  return promise
}

/** Sends wrong passwords, each with another forged address, until the client's own address has to wait. */
async function logInFromManyAddresses(url: string): Promise<readonly number[]> {
  const statuses: number[] = []
  for (let attempt = 0; attempt <= wrongPasswords; attempt += 1) {
    const forged = { 'x-forwarded-for': `198.51.100.${attempt}` }
    const form = { username: `person-${attempt}`, password: 'wrong tram under orchid' }
    const answer = await realBrowser(url).post('/login', form, forged)
    statuses.push(answer.status)
  }
  return statuses
}
