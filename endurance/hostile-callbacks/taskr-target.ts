// Makes an in-process Taskr for attacks: one node on SQLite, or two nodes on one PostgreSQL.
import { rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { standard } from '@taskr/local-attio'
import type { Database } from '../../app/database/open-database.ts'
import { createTestFolder } from '../../testing/test-folder.ts'
import { createBrowser } from '../../testing/in-process/http-browser.ts'
import { createWorld, password, taskrOrigin, type World } from '../../testing/in-process/testbed.ts'
import { cookieHeader, countTokenRequests, type Cookies, type Target } from './target.ts'

/** Lifts the limits that would stop the attacks, and keeps those on audit log entries. */
const limits = {
  accounts: {
    signUpsPerHourAndAddress: 1e9,
    passwordsPerMinuteAndAddress: 1e9,
    passwordsPerMinute: 1e9,
    failuresBeforeWaiting: 1e9,
  },
  connecting: { beginningsPerAccount: 1e9, beginningsPerAddress: 1e9 },
}

/** Makes two nodes on PostgreSQL or, without a URL, one node on a SQLite file. */
export async function createTaskrTarget(postgresUrl?: string): Promise<Target> {
  const databaseUrl = postgresUrl ?? `file:${await createTestFolder('taskr-attack-')}/taskr.db`
  const counted = countTokenRequests()
  const databases: Database[] = []
  const world = await createWorld({
    databaseUrl,
    limits,
    attio: { seed: 'no-tasks', rateLimits: false },
    fetch: counted.between,
    betweenDatabase: (database) => {
      databases.push(database)
      return database
    },
  })
  const nodes = [world.taskr]
  if (postgresUrl !== undefined) nodes.push(await world.anotherNode())
  return {
    ...whatPeopleDo(world),
    send: async (request, node) => {
      const [first = world.taskr] = nodes.slice(node % nodes.length)
      return await first.fetch(request, '10.1.1.1')
    },
    tokenRequests: counted.seen,
    links: async () => await linksIn(databases),
    settle: async () => {
      await Promise.all(nodes.map((node) => world.advanceUntil(node.idle())))
    },
    close: async () => {
      await world.close()
      if (postgresUrl !== undefined) return
      await rm(dirname(databaseUrl.slice('file:'.length)), { recursive: true, force: true })
    },
  }
}

async function linksIn([database]: readonly Database[]): Promise<ReadonlySet<string>> {
  const rows = await database?.db
    .selectFrom('connections')
    .select(['account_id', 'workspace_id', 'sealed_access_token'])
    .execute()
  return new Set(rows?.map((row) => Object.values(row).join(' ')))
}

function whatPeopleDo(world: World) {
  const enter = async (path: string, username: string, planted?: Cookies): Promise<Cookies> => {
    const browser = createBrowser(world.taskr.fetch, taskrOrigin)
    for (const [name, value] of planted ?? []) browser.cookies.set(name, value)
    const answer = await browser.post(path, { username, password })
    if (answer.status !== 303) throw new Error(`${username} did not get in: ${answer.status}`)
    return browser.cookies
  }
  return {
    origin: taskrOrigin,
    callback: '/integrations/attio/callback',
    attioOrigin: world.attio.origin,
    resume: '/integrations/attio/resume',
    sessionCookie: 'taskr_session',
    signUp: async (username: string, planted?: Cookies) =>
      await enter('/signup', username, planted),
    signInAgain: async (username: string) => await enter('/login', username),
    // Taskr creates sessions only at sign-in, so the best session ID to plant is that of an ended session.
    knownSessionId: async () => {
      const browser = createBrowser(world.taskr.fetch, taskrOrigin)
      await browser.post('/login', { username: 'alice', password })
      const known = browser.cookies.get('taskr_session') ?? ''
      await browser.post('/logout')
      return known
    },
    beginning: (cookies: Cookies) =>
      new Request(`${taskrOrigin}/integrations/attio/connect`, {
        method: 'POST',
        body: '',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'sec-fetch-site': 'same-origin',
          origin: taskrOrigin,
          cookie: cookieHeader(cookies),
        },
      }),
    approve: (url: string) =>
      world.attio.control.consent({
        url,
        person: standard.people.ada.emailAddress,
        workspace: 'acme',
      }),
    advance: async (ms: number) => await world.clock.advance(ms),
  }
}
