// The database fails at any one query of anything that a person does: the person gets a message, nothing is half done,
// and the next try works.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { KyselyPlugin } from 'kysely'
import type { Database } from './open-database.ts'
import type { Answer, Browser } from '../../testing/in-process/http-browser.ts'
import { connectionIdsIn, connectionsIn } from '../../testing/in-process/page-text.ts'
import { approve, createWorld, password, type World } from '../../testing/in-process/testbed.ts'

/** Counts queries, and fails the query of a given number. */
function createSaboteur() {
  let asked = 0
  let failsAt = 0
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => {
      asked += 1
      if (asked === failsAt) throw new Error('the database failed, on purpose: canary-4711')
      return node
    },
    transformResult: async ({ result }) => result,
  }
  return {
    between: (database: Database): Database => ({
      ...database,
      db: database.db.withPlugin(plugin),
      transaction: (work) => database.transaction((db) => work(db.withPlugin(plugin))),
    }),
    /** The number is counted from this call on; 0 fails no query. */
    failAt: (number: number) => {
      asked = 0
      failsAt = number
    },
    hasFailed: () => failsAt > 0 && asked >= failsAt,
  }
}

interface Act {
  readonly name: string
  readonly touchesTokens?: true
  /** Prepares the world; the function it returns is then tried with a failing database. */
  readonly prepare: (world: World, jo: Browser) => Promise<() => Promise<Answer>>
}

const answers = (path: string): Act => ({
  name: `GET ${path}`,
  prepare: async (_world, jo) => () => jo.get(path),
})

const posts = (path: string, fields: Readonly<Record<string, string>> = {}): Act => ({
  name: `POST ${path}`,
  prepare: async (_world, jo) => () => jo.post(path, fields),
})

/** A download that fails after its first piece breaks off, and the browser reports that: there is no problem page. */
const brokenOff: Answer = {
  status: 200,
  headers: new Headers({ 'content-security-policy': "default-src 'none'" }),
  body: '',
  location: undefined,
}

const downloads = (path: string): Act => ({
  name: `POST ${path}`,
  prepare: async (_world, jo) => () => jo.post(path).catch(() => brokenOff),
})

const acts: readonly Act[] = [
  answers('/'),
  answers('/connections'),
  answers('/settings'),
  answers('/events'),
  downloads('/settings/export/everything.json'),
  downloads('/settings/export/tasks.csv'),
  posts('/tasks/refresh'),
  posts('/settings/time-zone', { timeZone: 'Asia/Tokyo' }),
  posts('/settings/sessions/ending'),
  posts('/integrations/attio/connect'),
  {
    name: 'the callback',
    touchesTokens: true,
    prepare: async ({ attio }, jo) => {
      const back = await approve(attio, jo, { workspace: 'globex' })
      return () => jo.get(back)
    },
  },
  {
    name: 'the callback, signed out, and then signing in',
    prepare: async ({ attio, browser }, jo) => {
      const back = await approve(attio, jo, { workspace: 'globex' })
      const away = browser()
      for (const [name, value] of jo.cookies)
        if (name !== 'taskr_session') away.cookies.set(name, value)
      return () => away.get(back)
    },
  },
  {
    name: 'disconnecting',
    touchesTokens: true,
    prepare: async ({ attio }, jo) => {
      if ((await connectionsIn(jo)) === 0) await jo.get(await approve(attio, jo))
      const [id = ''] = await connectionIdsIn(jo)
      return () => jo.post(`/connections/${id}/disconnection`)
    },
  },
  {
    name: 'signing in',
    prepare: async ({ browser }) => {
      const other = browser()
      return () => other.post('/login', { username: 'jo', password })
    },
  },
]

suite('failures of the database', () => {
  for (const { name, prepare, touchesTokens } of acts) {
    test(`H-34 H-11 a failure at any query of ${name} gives a message, and the next try works`, async () => {
      const saboteur = createSaboteur()
      await using world = await createWorld({
        limits: 'none',
        betweenDatabase: saboteur.between,
        attio: { seed: 'one-task' },
      })
      const jo = await world.connected()
      let number = 0
      let act: () => Promise<Answer>
      do {
        number += 1
        act = await prepare(world, jo)
        await world.advanceUntil(world.taskr.idle())
        saboteur.failAt(number)
        const answer = await act()
        await world.advanceUntil(world.taskr.idle())
        const told = `query ${number}: ${answer.status}`
        assert.ok(answer.status < 500 || /^(Something|not ready)/.test(sentence(answer)), told)
        assert.doesNotMatch(answer.body, /canary-4711|node_modules|\bat .{1,80}\.[jt]s:\d+/, told)
        assert.ok(answer.headers.has('content-security-policy'), told)
      } while (saboteur.hasFailed() && number < 100)
      saboteur.failAt(0)
      assert.ok(number > 1 && number < 100, String(number))
      assert.equal((await jo.get('/connections')).status, 200)
      assert.ok((await (await prepare(world, jo))()).status < 400)
      if (touchesTokens !== true) return
      await world.advanceUntil(world.taskr.idle())
      const connections = await connectionsIn(jo)
      world.taskr.startWorking()
      for (let minute = 0; minute < 20; minute++) {
        await world.clock.advance(60_000)
        await new Promise((resolve) => setTimeout(resolve, 2))
      }
      // Every valid token is known to Taskr.
      assert.equal(world.attio.control.world.accessTokens.all().length, connections)
    })
  }
})

/** Returns the beginning of a problem page, or the whole of an answer that is not a page. */
function sentence({ body }: Answer): string {
  return /<h1[^>]*>([^<]*)/.exec(body)?.[1] ?? body
}
