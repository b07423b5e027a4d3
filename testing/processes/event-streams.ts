// Opens many event streams, each on a socket of its own, as open pages do.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { get } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser } from '../in-process/http-browser.ts'
import { password } from '../in-process/testbed.ts'
import { realBrowser, type AttioPages } from './attio-pages.ts'

export interface Streams {
  readonly count: number
  /** Returns how many streams received a change since the last call. */
  readonly told: () => number
  readonly forgetTold: () => void
  readonly close: () => Promise<void>
}

/** Signs up a person and connects a workspace; waits until the list shows a text. */
export async function connectPerson(
  taskr: string,
  attio: AttioPages,
  who: { readonly username: string; readonly workspaceId: string },
): Promise<Browser> {
  const browser = realBrowser(taskr)
  const { username, workspaceId } = who
  const entered = await browser.post('/signup', { username, password, timeZone: 'Europe/Berlin' })
  assert.equal(entered.status, 303, entered.body)
  const begun = await browser.post('/integrations/attio/connect')
  await browser.get(await attio.allow(begun.location ?? '', workspaceId))
  await until(async () => !(await browser.get('/')).body.includes('data-refresh-every'))
  return browser
}

export async function openStreams(
  taskr: string,
  people: readonly Browser[],
  each: number,
): Promise<Streams> {
  let told = new Set<number>()
  const opening = people.flatMap((person, at) =>
    Array.from({ length: each }, (_, number) =>
      openStream(taskr, person, () => told.add(at * each + number)),
    ),
  )
  const open = await Promise.all(opening)
  return {
    count: open.length,
    told: () => told.size,
    forgetTold: () => {
      told = new Set()
    },
    close: async () => {
      await Promise.all(open.map((close) => close()))
    },
  }
}

/** Resolves when the first bytes have come. */
async function openStream(
  taskr: string,
  { cookies }: Browser,
  heard: () => void,
): Promise<() => Promise<void>> {
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const headers = { cookie, 'sec-fetch-site': 'same-origin' }
  const asking = get(`${taskr}/tasks/live`, { agent: false, headers })
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  asking.on('error', reject)
  asking.on('response', (answer) => {
    if (answer.statusCode !== 200) reject(new Error(`The stream answered ${answer.statusCode}.`))
    answer.setEncoding('utf8').on('error', () => {})
    answer.on('data', (text: string) => {
      resolve()
      if (text.includes('event: changed')) heard()
    })
  })
  await promise
  return async () => {
    const closed = once(asking, 'close')
    asking.destroy()
    await closed
  }
}

/** Checks a condition every few milliseconds, for 30 seconds. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const startedAt = performance.now()
  while (!(await isSo())) {
    assert.ok(performance.now() - startedAt < 30_000, 'it did not become so')
    await sleep(5)
  }
}
