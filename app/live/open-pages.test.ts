// Open pages are notified of changes at once, and only of those in their own account.
import assert from 'node:assert/strict'
import { afterEach, suite, test } from 'node:test'
import { standard } from '@taskr/local-attio'
import { onEachEngine } from '../../testing/database/on-each-engine.ts'
import { createBrowser, type Answer, type Browser } from '../../testing/in-process/http-browser.ts'
import { addTask } from '../../testing/in-process/webhook-deliveries.ts'
import {
  createWorld,
  taskrOrigin,
  type World,
  type WorldOptions,
} from '../../testing/in-process/testbed.ts'
import { startStopwatch } from '../../testing/stopwatch.ts'

const worlds: World[] = []

async function closeWorlds(): Promise<void> {
  for (const world of worlds.splice(0)) await world.close()
}

suite('live', () => {
  afterEach(closeWorlds)

  test('an open page is notified of a change in Attio as soon as a sync finds it', async () => {
    const world = await open()
    const jo = await world.connected()
    const stream = await listen(world, jo)
    const ada = world.attio.control.as({
      member: standard.people.ada.emailAddress,
      workspace: 'acme',
    })
    ada.addTask({ content: 'Ring the bell', assigneeIds: [standard.members.adaAtAcme] })
    await jo.post('/tasks/refresh')
    assert.equal(await stream.next('changed'), true)
    assert.match((await jo.get('/?view=open')).body, /Ring the bell/)
    await stream.close()
  })

  test('an open page is notified when Attio rejects the connection’s token', async () => {
    const world = await open()
    const jo = await world.connected()
    const stream = await listen(world, jo)
    world.attio.control.removeApp(world.clientId, 'acme')
    const stopwatch = startStopwatch()
    await jo.post('/tasks/refresh')
    assert.equal(await stream.next('changed'), true)
    assert.ok(stopwatch.elapsedMs() < 2_000)
    assert.match((await jo.get('/')).body, /Taskr lost access to/)
    await stream.close()
  })

  test('a page that was away is notified at once if it missed a change, and only then', async () => {
    const world = await open()
    const jo = await world.connected()
    const first = await listen(world, jo, 'long-ago')
    assert.equal(await first.next('changed'), true)
    const { lastId } = first
    await first.close()
    const second = await listen(world, jo, lastId)
    assert.equal(await second.next('beat'), true)
    await second.close()
  })

  test('a change between a page and its stream is not missed, and none is reported twice', async () => {
    const world = await open()
    const jo = await world.connected()
    const before = streamOf(await jo.get('/'))
    addTask(world, 'Ring the bell')
    await world.delivered()
    const late = await listen(world, jo, undefined, before)
    assert.equal(await late.next('changed'), true)
    await late.close()
    const page = await jo.get('/?view=open')
    assert.match(page.body, /Ring the bell/)
    const prompt = await listen(world, jo, undefined, streamOf(page))
    assert.equal(await prompt.next('beat'), true)
    assert.equal(prompt.lastId, '')
    await prompt.close()
  })

  test('a stream ends with the session, and when Taskr stops', async () => {
    const world = await open()
    const jo = await world.connected()
    const stream = await listen(world, jo)
    await jo.post('/logout')
    await world.clock.advance(20_000)
    assert.equal(await stream.next('changed'), false)
    const eve = await world.signedUp('eve')
    const other = await listen(world, eve)
    await world.taskr.beginStopping()
    assert.equal(await other.next('changed'), false)
  })

  test('listening requires being signed in', async () => {
    const world = await open()
    assert.equal((await world.browser().get('/tasks/live')).status, 303)
  })
})

onEachEngine('live on two nodes', (_open, engine) => {
  afterEach(closeWorlds)

  if (engine.name === 'sqlite') return

  test('RL-16 a delivery to one node notifies a page that is open at another', async () => {
    const world = await open({ databaseUrl: await engine.createMigratedUrl() })
    const jo = await world.connected()
    await world.delivered()
    const other = await world.anotherNode()
    const stream = await listen({ taskr: other }, jo)
    addTask(world, 'Ring the bell')
    await world.delivered()
    assert.equal(await stream.next('changed'), true)
    const atOther = createBrowser((request) => other.fetch(request), taskrOrigin)
    for (const [name, value] of jo.cookies) atOther.cookies.set(name, value)
    assert.match((await atOther.get('/?view=open')).body, /Ring the bell/)
    await stream.close()
  })
})

async function open(options: WorldOptions = {}): Promise<World> {
  const world = await createWorld(options)
  worlds.push(world)
  return world
}

interface Stream {
  /** True when the text arrives before the stream ends. */
  readonly next: (what: 'changed' | 'beat') => Promise<boolean>
  readonly lastId: string
  readonly close: () => Promise<void>
}

/** Returns the address of the page's stream. */
function streamOf({ body }: Answer): string {
  return (/data-live="([^"]+)"/.exec(body)?.[1] ?? '').replaceAll('&amp;', '&')
}

async function listen(
  { taskr }: Pick<World, 'taskr'>,
  browser: Browser,
  lastId?: string,
  address = '/tasks/live',
): Promise<Stream> {
  const headers = new Headers({
    cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    'sec-fetch-site': 'same-origin',
    ...(lastId === undefined ? {} : { 'last-event-id': lastId }),
  })
  const response = await taskr.fetch(new Request(taskrOrigin + address, { headers }))
  assert.equal(response.headers.get('content-type'), 'text/event-stream')
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  assert.ok(reader !== undefined)
  let text = ''
  const stream = {
    lastId: '',
    next: async (what: 'changed' | 'beat'): Promise<boolean> => {
      const word = what === 'changed' ? 'event: changed' : ': beat'
      while (!text.includes(word)) {
        const { done, value = '' } = await reader.read()
        if (done) return false
        text += value
      }
      stream.lastId = /id: (.*)\n/.exec(text)?.[1] ?? ''
      text = text.slice(text.indexOf(word) + word.length)
      return true
    },
    close: () => reader.cancel(),
  }
  return stream
}
