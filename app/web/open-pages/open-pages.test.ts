// Open pages are notified of changes at once, and only of those in their own account.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { afterEach, suite, test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { standard } from '@taskr/local-attio'
import { onEachEngine } from '../../../testing/database/on-each-engine.ts'
import { countStatements } from '../../../testing/in-process/counted-statements.ts'
import { createBrowser, type Browser } from '../../../testing/in-process/http-browser.ts'
import {
  listen,
  streamOf,
  type PageStream,
} from '../../../testing/in-process/streams/page-stream.ts'
import { addAccountForTests } from '../../../testing/in-process/stored-account.ts'
import { addTask } from '../../../testing/in-process/webhook-deliveries.ts'
import {
  createWorld,
  password,
  taskrOrigin,
  type World,
  type WorldOptions,
} from '../../../testing/in-process/testbed.ts'
import { startStopwatch } from '../../../testing/stopwatch.ts'
import type { Database } from '../../database/open-database.ts'
import { sha256Base64Url } from '../../support/hash.ts'
import { asAccountId, asSessionId } from '../../support/ids.ts'
import { paths } from '../addresses.ts'

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

  test('a page learns at once that its session has ended, and its stream ends', async () => {
    const world = await open()
    const jo = await world.connected()
    const another = async (): Promise<Browser> => {
      const browser = world.browser()
      assert.equal((await browser.post('/login', { username: 'jo', password })).status, 303)
      return browser
    }
    const [loggedOut, ended, left] = [await another(), await another(), jo]
    for (const [browser, end] of [
      [loggedOut, () => loggedOut.post('/logout')],
      [ended, () => jo.post(paths.otherSessionsEnding)],
      [left, () => jo.post(paths.accountDeletion, { password })],
    ] as const) {
      const stream = await listen(world, browser)
      assert.equal((await end()).status, 303)
      assert.equal(await stream.next('changed'), true)
      assert.equal(await stream.next('changed'), false)
    }
  })

  test('a page learns that its session has expired, and its stream ends', async () => {
    let database: Database | undefined
    const world = await open({ betweenDatabase: (opened) => (database = opened) })
    const jo = await world.signedUp('jo')
    const inHalfAMinute = world.clock.now() + 30_000
    await database?.db.updateTable('sessions').set({ expires_at: inHalfAMinute }).execute()
    const stream = await listen(world, jo)
    await world.clock.advance(30_000)
    assert.equal(await stream.next('changed'), true)
    assert.equal(await stream.next('changed'), false)
  })

  test('a page that was not told of the end of its session learns of it within a minute', async () => {
    let database: Database | undefined
    const world = await open({ betweenDatabase: (opened) => (database = opened) })
    const stream = await listen(world, await world.connected())
    // A statement that names no account announces no end.
    await database?.db.deleteFrom('sessions').execute()
    await world.clock.advance(60_000)
    assert.equal(await stream.next('changed'), true)
    assert.equal(await stream.next('changed'), false)
  })

  test('a page outlasts a database that cannot be read', async () => {
    let isBroken = false
    const world = await open({
      betweenDatabase: (database) => ({
        ...database,
        db: database.db.withPlugin({
          transformQuery: ({ node }) => {
            if (isBroken) throw new Error('The disk is gone.')
            return node
          },
          transformResult: async ({ result }) => result,
        }),
      }),
    })
    const stream = await listen(world, await world.connected())
    isBroken = true
    await world.clock.advance(60_000)
    isBroken = false
    assert.match(world.logger.lines.join(), /web\.open-pages-not-checked/)
    addTask(world, 'Ring the bell')
    await world.delivered()
    assert.equal(await stream.next('changed'), true)
    await stream.close()
  })

  test('a thousand open pages cause at most six statements a minute', async () => {
    const statements = countStatements()
    let database: Database | undefined
    const world = await open({
      betweenDatabase: (opened) => statements.database((database = opened)),
    })
    assert.ok(database)
    const streams: PageStream[] = []
    for (const browser of await storeSignedIn(world, database, { accounts: 50, each: 20 })) {
      streams.push(await listen(world, browser))
    }
    await Promise.all(streams.map((stream) => stream.next('beat')))
    const sent = await statements.during(async () => {
      await world.clock.advance(60_000)
      // SQLite answers without waiting, so that some turns are enough for every query.
      for (let turn = 0; turn < 200; turn += 1) await nextTurn()
    })
    assert.equal(streams.length, 1_000)
    assert.ok(sent > 0 && sent <= 6, `${sent} statements`)
    for (const stream of streams) await stream.close()
  })

  test('a stream ends when Taskr stops', async () => {
    const world = await open()
    const eve = await world.signedUp('eve')
    const other = await listen(world, eve)
    await world.taskr.beginStopping()
    assert.equal(await other.next('changed'), false)
  })

  test('a browser that is logged out is told to listen no more, and its page leads to the log-in page', async () => {
    const world = await open()
    const jo = await world.connected()
    assert.equal((await jo.get('/', { 'x-taskr-refetch': 'signed-in' })).status, 200)
    const phone = world.browser()
    await phone.post('/login', { username: 'jo', password })
    await phone.post(paths.otherSessionsEnding)
    assert.equal((await jo.get(paths.live)).status, 204)
    const refetched = await jo.get('/?view=open', { 'x-taskr-refetch': 'signed-in' })
    assert.equal(refetched.status, 303)
    assert.match((await jo.get(refetched.location ?? '')).body, /Your session ended\./)
    const landing = await jo.get('/', { 'x-taskr-refetch': 'yes' })
    assert.equal(landing.status, 200, 'the landing page refetches itself, too')
  })
})

onEachEngine('live on two nodes', (_open, engine) => {
  afterEach(closeWorlds)

  if (engine.name === 'sqlite') return

  test('a session that ends on one node ends the stream at another', async () => {
    const world = await open({ databaseUrl: await engine.createMigratedUrl() })
    const jo = await world.connected()
    const stream = await listen({ taskr: await world.anotherNode() }, jo)
    await jo.post('/logout')
    assert.equal(await stream.next('changed'), true)
    assert.equal(await stream.next('changed'), false)
  })

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

/** Stores accounts with sessions, each with a browser of its own. */
async function storeSignedIn(
  world: World,
  { db }: Database,
  { accounts, each }: { readonly accounts: number; readonly each: number },
): Promise<readonly Browser[]> {
  const now = world.clock.now()
  const browsers: Browser[] = []
  for (let at = 0; at < accounts; at += 1) {
    const accountId = asAccountId(`account-${at}`)
    await addAccountForTests(db, accountId)
    for (let session = 0; session < each; session += 1) {
      const browser = world.browser()
      const cookie = randomBytes(32).toString('base64url')
      browser.cookies.set('taskr_session', cookie)
      browsers.push(browser)
      await db
        .insertInto('sessions')
        .values({
          account_id: accountId,
          session_id: asSessionId(`session-${at}-${session}`),
          cookie_hash: sha256Base64Url(cookie),
          user_agent: '',
          created_at: now,
          last_seen_at: now,
          password_confirmed_at: now,
          expires_at: now + 86_400_000,
        })
        .execute()
    }
  }
  return browsers
}
