// `npm run test:endurance -- upgrade`: the version before the newest migration and this one run side by side on one
// PostgreSQL, while people look at lists and add tasks. The old one starts first, the new one migrates beside it, both
// serve, then the old one stops. Prints how many requests failed, and compares the tasks in Attio with those added.
//
//   … --seconds 60     each of the three stages lasts longer
import { createServer, request, type Server } from 'node:http'
import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { standard } from '@taskr/local-attio'
import { callbackPath } from '../../app/config/config.ts'
import { startTestPostgres } from '../../testing/database/on-each-engine.ts'
import { createTestDatabases } from '../../testing/database/test-databases.ts'
import { freePort } from '../../testing/free-port.ts'
import type { Browser } from '../../testing/in-process/http-browser.ts'
import { connectionIdsIn } from '../../testing/in-process/page-text.ts'
import { openAttioPages } from '../../testing/processes/attio-pages.ts'
import { connectPerson } from '../../testing/processes/event-streams.ts'
import { startProcess, type TaskrProcess } from '../../testing/processes/taskr-process.ts'
import { register, startAttio } from '../../testing/processes/two-processes.ts'
import { extractOldVersion } from './old-version.ts'

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '15' } } })
const stageMs = Number(values.seconds) * 1_000
const people = 4
const script = 'testing/processes/taskr-without-sign-up-limits.ts'

const old = await extractOldVersion()
const postgres = await startTestPostgres({ durable: true })
const databases = await createTestDatabases(postgres.url, [])
const attio = await startAttio()
const nodes: TaskrProcess[] = []
const door = await openDoor(() => nodes)
try {
  const app = await register(attio.url, [door.url + callbackPath])
  const environment = {
    PORT: '0',
    PUBLIC_URL: door.url,
    TASKR_TRUSTED_PROXIES: '1',
    DATABASE_URL: await databases.createEmptyUrl(),
    TASKR_KEYS: `k1:${randomBytes(32).toString('base64url')}`,
    ATTIO_CLIENT_ID: app.clientId,
    ATTIO_CLIENT_SECRET: app.clientSecret,
    ATTIO_APP_URL: attio.url,
    ATTIO_API_URL: attio.url,
  }
  nodes.push(await startProcess(environment, script, { folder: old.folder }))
  console.log(`${old.commit}, without ${old.migration}, serves`)
  const load = await startLoad(door.url, attio.url)
  await sleep(stageMs)
  const fresh = await startProcess(environment, script)
  console.log('this version has migrated; both serve')
  nodes.push(fresh)
  await sleep(stageMs)
  const [first] = nodes.splice(0, 1)
  first?.signal('SIGTERM')
  await first?.ended
  console.log('this version serves alone')
  await sleep(stageMs)
  const { added, failed, requests } = await load.stop()
  const inAttio = await tasksInAttio(attio.url, added.length)
  const lost = added.filter((content) => !inAttio.includes(content))
  const doubled = inAttio.length - new Set(inAttio).size
  console.log(
    `${requests.toLocaleString('en')} requests, ${failed.length} failed; ${added.length} tasks added, ${lost.length} lost, ${doubled} twice`,
  )
  for (const failure of failed.slice(0, 10)) console.error(failure)
  process.exitCode = failed.length + lost.length + doubled === 0 ? 0 : 1
} finally {
  door.server.close()
  door.server.closeAllConnections()
  for (const node of nodes) node.signal('SIGTERM')
  await Promise.all(nodes.map((node) => node.ended))
  await attio.stop()
  await databases.close()
  await postgres.stop()
  await old.remove()
}

/** Opens an address in front of the nodes, which it asks in turn. */
async function openDoor(
  current: () => readonly TaskrProcess[],
): Promise<{ readonly url: string; readonly server: Server }> {
  let asked = 0
  const port = await freePort()
  const server = createServer((incoming, outgoing) => {
    const serving = current()
    asked += 1
    const { headers, method, url: path } = incoming
    const node = serving[asked % serving.length]
    const onward = request({ host: '127.0.0.1', port: node?.port, path, method, headers })
    onward.on('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    onward.on('error', () => outgoing.destroy())
    incoming.pipe(onward)
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return { url: `http://localhost:${port}`, server }
}

/** Lets people look at lists and add tasks until it is stopped. */
async function startLoad(taskr: string, attioUrl: string) {
  const pages = await openAttioPages(attioUrl)
  const added: string[] = []
  const failed: string[] = []
  let requests = 0
  let isOver = false
  const ask = async (path: string, send: () => ReturnType<Browser['get']>, status: number) => {
    requests += 1
    try {
      const answer = await send()
      if (answer.status === status) return true
      failed.push(`${path}: ${answer.status}`)
    } catch (error) {
      failed.push(`${path}: ${String(error)}`)
    }
    return false
  }
  const work = async (browser: Browser, name: string): Promise<void> => {
    const [connectionId = ''] = await connectionIdsIn(browser)
    for (let round = 0; !isOver; round += 1) {
      for (const path of ['/', '/?view=open&whose=everyone', '/team', '/settings']) {
        await ask(path, () => browser.get(path), 200)
      }
      const content = `Upgrade ${name} ${round}`
      const form = { content, connectionId, requestKey: randomUUID(), returnTo: '/' }
      if (await ask('/tasks', () => browser.post('/tasks', form), 303)) added.push(content)
      await sleep(100)
    }
  }
  const browsers: Browser[] = []
  for (let at = 0; at < people; at += 1) {
    const who = { username: `person-${at}`, workspaceId: standard.workspaces.acme.id }
    browsers.push(await connectPerson(taskr, pages, who))
  }
  const working = Promise.all(browsers.map((browser, at) => work(browser, `person-${at}`)))
  return {
    stop: async () => {
      isOver = true
      await working
      return { added, failed, requests }
    },
  }
}

/** Returns the texts of the added tasks, once Attio has as many or a minute after the last one came. */
async function tasksInAttio(url: string, expected: number): Promise<readonly string[]> {
  const read = async (): Promise<readonly string[]> => {
    const world = await (await fetch(`${url}/_control/world`)).text()
    return world.match(/Upgrade person-\d+ \d+(?=")/g) ?? []
  }
  let found = await read()
  for (let quietSeconds = 0; found.length < expected && quietSeconds < 60; quietSeconds += 1) {
    await sleep(1_000)
    const next = await read()
    if (next.length > found.length) quietSeconds = 0
    found = next
  }
  return found
}
