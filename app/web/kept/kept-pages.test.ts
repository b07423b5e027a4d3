// A page is right on every node at every moment: a page kept by a process or a browser equals a rendering made at
// that moment.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { standard } from '@taskr/local-attio'
import { onEachEngine } from '../../../testing/database/on-each-engine.ts'
import {
  createBrowser,
  type Answer,
  type Browser,
} from '../../../testing/in-process/http-browser.ts'
import { fetchAsServed } from '../../../testing/in-process/fetch-as-served.ts'
import {
  connect,
  createWorld,
  taskrOrigin,
  type World,
} from '../../../testing/in-process/testbed.ts'
import type { Database } from '../../database/open-database.ts'
import { createTestRandomBytes } from '../../support/random.ts'
import { forgetDescribed } from '../../tasks/tasks.ts'

const steps = 24
const refetch = { 'x-taskr-refetch': 'yes' }
/** A page that asks for the number of a toast is never kept. */
const anew = { ...refetch, 'x-taskr-toast': 'none' }

onEachEngine('kept pages', (_open, engine) => {
  test('readers on three nodes always get what a fresh rendering shows', async () => {
    const renamed = new Set<(name: string) => Promise<unknown>>()
    await using world = await createWorld({
      databaseUrl: await engine.createMigratedUrl(),
      limits: 'none',
      betweenDatabase: (database) => {
        for (const rename of renamesIn(database)) renamed.add(rename)
        return database
      },
    })
    const jo = await world.connected()
    await world.delivered()
    const told = { notModified: 0, rendered: 0, straight: 0 }
    const nodes = [world.taskr]
    if (engine.name === 'postgres') {
      nodes.push(await world.anotherNode(), await world.anotherNode())
    }
    const readers = nodes.map((node) => {
      const browser = createBrowser(async (request, address) => {
        const served = await fetchAsServed(node, request, address)
        if (served.isStraight) told.straight += 1
        return served.response
      }, taskrOrigin)
      return createReader(browser, jo.cookies)
    })
    const random = createTestRandomBytes('kept pages')
    const pick = <Item>(items: readonly Item[]): Item => {
      const item = items[(random(1)[0] ?? 0) % items.length]
      assert.ok(item !== undefined)
      return item
    }
    for (let step = 0; step < steps; step += 1) {
      const action = pick(Object.keys(actions))
      await actions[action]?.({
        world,
        pick,
        browser: pick(readers).browser,
        step,
        renames: [...renamed],
      })
      for (let view = 0; view < 4; view += 1) {
        const reader = pick(readers)
        const address = pick(['/', '/?whose=everyone', '/?view=done&whose=everyone'])
        const renderer = pick(readers).browser
        const when = `step ${step}, after ${action}`
        told[await compare(reader, { renderer, address, when })] += 1
      }
    }
    assert.ok(told.notModified > 5, JSON.stringify(told))
    assert.ok(told.rendered > 5, JSON.stringify(told))
    assert.ok(told.straight > 5, JSON.stringify(told))
  })
})

suite('kept pages', () => {
  test('RL-28 two deliveries of one kept page have different keys, and each key works once', async () => {
    await using world = await createWorld()
    const jo = await world.connected()
    await world.delivered()
    const pages = [await jo.get('/', refetch), await jo.get('/', refetch)]
    const [one = '', two = ''] = pages.map(({ body }) => keysOf(body)[0])
    assert.match(one, /^[\w-]{22}$/)
    assert.notEqual(one, two)
    assert.equal(withoutKeys(pages[0]?.body ?? ''), withoutKeys(pages[1]?.body ?? ''))
    const { connectionId } = await world.ownerOf(jo)
    const add = (requestKey: string) =>
      jo.post('/tasks', { content: 'Call the bank', connectionId, requestKey })
    for (const key of [one, one, two]) assert.equal((await add(key)).status, 303)
    const page = await jo.get('/?view=no-date&whose=everyone', refetch)
    assert.equal(page.body.match(/>Call the bank</g)?.length, 2)
  })

  test('a list shows other names and another time zone at once, though its tasks are the same', async () => {
    const databases: Database[] = []
    await using world = await createWorld({
      betweenDatabase: (database) => {
        databases.push(database)
        return database
      },
    })
    const jo = await world.connected()
    await world.delivered()
    const person = standard.people.ada.emailAddress
    await connect(world.attio, jo, { person, workspace: 'globex' })
    await world.advanceUntil(world.taskr.idle())
    const [database] = databases
    assert.ok(database)
    const address = '/?view=open&whose=everyone'
    for (const [at, rename] of renamesIn(database).entries()) {
      await jo.get(address)
      await rename(`Someone ${at}`)
      const { body } = await jo.get(address)
      assert.ok(body.includes(`Someone ${at}`), `rename ${at}`)
      forgetDescribed()
      const fresh = await jo.get(address, anew)
      assert.equal(withoutKeys(body), withoutKeys(fresh.body))
    }
    const { accountId, connectionId } = await world.ownerOf(jo)
    await database.db
      .updateTable('tasks')
      .set({ deadline_at: Date.UTC(2026, 10, 25), deadline_day: '2026-11-25' })
      .where('connection_id', '=', connectionId)
      .execute()
    await jo.get(address)
    await jo.post('/settings/time-zone', { timeZone: 'Asia/Tokyo' })
    const { body } = await jo.get(address, refetch)
    forgetDescribed()
    assert.equal(withoutKeys(body), withoutKeys((await jo.get(address, anew)).body))
    await database.db
      .updateTable('connections')
      .set({ status: 'needs-reconnect' })
      .where('account_id', '=', accountId)
      .where('connection_id', '=', connectionId)
      .execute()
    const readOnly = await jo.get(address, refetch)
    forgetDescribed()
    assert.equal(withoutKeys(readOnly.body), withoutKeys((await jo.get(address, anew)).body))
  })

  test('a page with a toast is neither kept nor confirmed', async () => {
    await using world = await createWorld()
    const jo = await world.signedUp()
    await jo.post('/settings/time-zone', { timeZone: 'Asia/Tokyo' })
    const saved = await jo.get('/')
    assert.match(saved.body, /Time zone set to Asia\/Tokyo/)
    assert.equal(saved.headers.get('cache-control'), 'no-store')
    assert.equal(saved.headers.get('etag'), null)
    const plain = await jo.get('/', refetch)
    assert.equal(plain.headers.get('cache-control'), 'private, no-cache')
    assert.doesNotMatch(plain.body, /Time zone set/)
  })

  test('a page that a person opens is stored by no browser, and is sent even when the browser confirms a copy', async () => {
    await using world = await createWorld()
    const jo = await world.signedUp()
    const etag = (await jo.get('/', refetch)).headers.get('etag') ?? ''
    const opened = await jo.get('/', { 'if-none-match': etag })
    assert.equal(opened.status, 200)
    assert.equal(opened.headers.get('cache-control'), 'no-store')
    assert.equal(opened.headers.get('etag'), null)
  })

  test('a browser that signed in as someone else gets their page, even when it confirms a copy', async () => {
    await using world = await createWorld()
    const jo = await world.connected('jo')
    const etag = (await jo.get('/', refetch)).headers.get('etag') ?? ''
    assert.equal((await jo.get('/', { ...refetch, 'if-none-match': etag })).status, 304)
    const eve = await world.connected('eve')
    const page = await eve.get('/', { ...refetch, 'if-none-match': etag })
    assert.equal(page.status, 200)
    assert.match(page.body, /<bdi>eve<\/bdi>/)
    const signedOut = await world.browser().get('/', { 'if-none-match': etag })
    assert.equal(signedOut.status, 200)
  })

  test('a kept page is read with one statement, and after a minute anew', async () => {
    let statements = 0
    await using world = await createWorld({
      betweenDatabase: (database) => ({
        ...database,
        db: database.db.withPlugin({
          transformQuery: ({ node }) => node,
          transformResult: async ({ result }) => {
            statements += 1
            return result
          },
        }),
      }),
    })
    const jo = await world.connected()
    await world.delivered()
    await jo.get('/', refetch)
    await world.taskr.idle()
    statements = 0
    const { headers } = await jo.get('/', refetch)
    assert.equal(statements, 1)
    await world.clock.advance(60_000)
    const later = await jo.get('/', { ...refetch, 'if-none-match': headers.get('etag') ?? '' })
    assert.equal(later.status, 200)
  })
})

interface Step {
  readonly world: World
  readonly browser: Browser
  readonly pick: <Item>(items: readonly Item[]) => Item
  readonly step: number
  readonly renames: readonly ((name: string) => Promise<unknown>)[]
}

/** Gives all members, records or workspaces another name, as a refetch does. */
function renamesIn({ db }: Database): readonly ((name: string) => Promise<unknown>)[] {
  return [
    async (name) => {
      const { connection_id } = await db
        .selectFrom('connections')
        .select('connection_id')
        .executeTakeFirstOrThrow()
      await db
        .updateTable('workspace_members')
        .set({ last_name: name })
        .where('connection_id', '=', connection_id)
        .execute()
    },
    async (name) => {
      const { connection_id } = await db
        .selectFrom('connections')
        .select('connection_id')
        .executeTakeFirstOrThrow()
      await db
        .updateTable('linked_records')
        .set({ name })
        .where('connection_id', '=', connection_id)
        .execute()
    },
    async (name) => {
      const { account_id, connection_id } = await db
        .selectFrom('connections')
        .select(['account_id', 'connection_id'])
        .executeTakeFirstOrThrow()
      await db
        .updateTable('connections')
        .set({ workspace_name: name })
        .where('account_id', '=', account_id)
        .where('connection_id', '=', connection_id)
        .execute()
    },
  ]
}

const actions: Readonly<Record<string, (step: Step) => Promise<unknown>>> = {
  'completing a task': async ({ browser, pick }) => {
    const page = await browser.get('/?whose=everyone', anew)
    const addresses = [...page.body.matchAll(/formaction="([^"]+)"/g)]
    if (addresses.length === 0) return
    const [, address = ''] = pick(addresses)
    await browser.post(address, { requestKey: keysOf(page.body).at(-1) ?? '', returnTo: '/' })
  },
  'reopening a task': async ({ browser, pick }) => {
    const page = await browser.get('/?view=done&whose=everyone', anew)
    const addresses = [...page.body.matchAll(/formaction="([^"]+)"/g)]
    if (addresses.length === 0) return
    const [, address = ''] = pick(addresses)
    const fields = { requestKey: keysOf(page.body).at(-1) ?? '', returnTo: '/', isCompleted: 'no' }
    await browser.post(address, fields)
  },
  'adding a task': async ({ browser, step, world }) => {
    const page = await browser.get('/', anew)
    const { connectionId } = await world.ownerOf(browser)
    const requestKey = keysOf(page.body)[0] ?? ''
    await browser.post('/tasks', { content: `Task ${step}`, connectionId, requestKey })
  },
  'sending changes': ({ world }) => world.advanceUntil(world.taskr.idle()),
  'an edit in Attio': async ({ step, world }) => {
    const member = standard.people.ada.emailAddress
    world.attio.control
      .as({ member, workspace: 'acme' })
      .addTask({ content: `From Attio ${step}`, assigneeIds: [standard.members.adaAtAcme] })
    await world.delivered()
  },
  'a sync': async ({ browser, world }) => {
    await browser.post('/tasks/refresh')
    await world.advanceUntil(world.taskr.idle())
  },
  'another time zone': ({ browser, pick }) =>
    browser.post('/settings/time-zone', { timeZone: pick(['Asia/Tokyo', 'Europe/Berlin']) }),
  'another name': ({ pick, renames, step }) => pick(renames)(`Name ${step}`),
  'some seconds': ({ world, pick }) => world.clock.advance(pick([1_000, 20_000, 61_000])),
  nothing: async () => {},
}

/** A browser that keeps pages and asks whether they are still right. */
function createReader(browser: Browser, cookies: ReadonlyMap<string, string>) {
  for (const [name, value] of cookies) browser.cookies.set(name, value)
  const kept = new Map<string, Answer>()
  return {
    browser,
    read: async (address: string) => {
      const before = kept.get(address)
      const etag = before?.headers.get('etag') ?? ''
      const answer = await browser.get(address, {
        ...refetch,
        ...(etag === '' ? {} : { 'if-none-match': etag }),
      })
      const shown = answer.status === 304 && before !== undefined ? before : answer
      kept.set(address, shown)
      return { body: shown.body, how: answer.status === 304 ? 'notModified' : 'rendered' } as const
    },
  }
}

/** Compares what a reader gets with a rendering, as soon as nothing changes from before the one until after the other. */
async function compare(
  reader: ReturnType<typeof createReader>,
  view: { readonly renderer: Browser; readonly address: string; readonly when: string },
): Promise<'notModified' | 'rendered'> {
  const render = async (): Promise<string> => (await view.renderer.get(view.address, anew)).body
  for (;;) {
    const before = await render()
    const read = await reader.read(view.address)
    // With the tasks, their names and rows are forgotten.
    forgetDescribed()
    const fresh = await render()
    const after = await render()
    // A rendering may be newer than the version it states, so the one after it must state the same.
    if (new Set([before, fresh, after].map(versionIn)).size > 1) continue
    assert.equal(withoutKeys(read.body), withoutKeys(fresh), view.when)
    return read.how
  }
}

function versionIn(body: string): string | undefined {
  return /asOf=([\w-]+)/.exec(body)?.[1]
}

function keysOf(body: string): readonly string[] {
  return [...body.matchAll(/name="requestKey" value="([^"]+)"/g)].map(([, key = '']) => key)
}

function withoutKeys(body: string): string {
  return body.replaceAll(/name="requestKey" value="[^"]+"/g, 'name="requestKey"')
}
