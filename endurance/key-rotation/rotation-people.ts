// People who use Taskr while its keys are rotated: they load pages, press Sync now, and reconnect.
import assert from 'node:assert/strict'
import { standard, type RunningLocalAttio } from '@taskr/local-attio'
import { createBrowser, type Browser } from '../../testing/in-process/http-browser.ts'
import { password, taskrOrigin } from '../../testing/in-process/testbed.ts'

/** A process that serves requests until it is killed. */
export interface Node {
  readonly port: number
  readonly isUp: boolean
}

export interface Served {
  readonly reads: number
  readonly writes: number
  /** Every unexpected answer. */
  readonly failed: readonly string[]
}

export interface People {
  /** Stops the people; resolves to what they were served. */
  readonly stop: () => Promise<Served>
}

/** The most connects per account: Taskr's limit for ten minutes. */
const connectsEach = 15
const pauseBetweenConnectsMs = 400

export async function usePeople(attio: RunningLocalAttio, nodes: readonly Node[]): Promise<People> {
  const tally = { reads: 0, writes: 0, failed: new Array<string>() }
  const stopping = new AbortController()
  const people = await Promise.all(nodes.map((node, at) => enter(node, `jo-${at}`)))
  const connect = async (browser: Browser): Promise<number> => {
    const begun = await browser.post('/integrations/attio/connect')
    if (begun.status !== 303) return begun.status
    const back = attio.control.consent({
      url: begun.location ?? '',
      person: standard.people.ada.emailAddress,
      workspace: 'acme',
    })
    return (await browser.get(back.pathname + back.search)).status
  }
  for (const person of people) assert.equal(await connect(person), 303)

  /** Sends a request and checks its status, unless the kill interrupted it. */
  const expect = async (node: Node, what: string, is: number, ask: () => Promise<number>) => {
    if (!node.isUp) return
    try {
      const status = await ask()
      if (status !== is) tally.failed.push(`${what}: ${status}`)
    } catch (error) {
      if (node.isUp) tally.failed.push(`${what}: ${String(error)}`)
    }
  }
  const read = async (node: Node, browser: Browser): Promise<void> => {
    while (!stopping.signal.aborted) {
      await expect(node, 'the list', 200, async () => (await browser.get('/')).status)
      await expect(node, 'Sync now', 303, async () => {
        return (await browser.post('/tasks/refresh')).status
      })
      tally.reads += 2
      await pause(5)
    }
  }
  const write = async (node: Node, browser: Browser): Promise<void> => {
    for (let done = 0; done < connectsEach && !stopping.signal.aborted; done++) {
      await expect(node, 'connect', 303, () => connect(browser))
      tally.writes += 1
      await pause(pauseBetweenConnectsMs)
    }
  }
  const all = nodes.flatMap((node, at) => {
    const browser = people[at]
    return browser === undefined ? [] : [read(node, browser), write(node, browser)]
  })
  return {
    stop: async () => {
      stopping.abort()
      await Promise.all(all)
      return tally
    },
  }
}

async function enter(node: Node, username: string): Promise<Browser> {
  const browser = createBrowser((request) => send(node, request), taskrOrigin)
  assert.equal((await browser.post('/signup', { username, password })).status, 303)
  return browser
}

async function send({ port }: Node, request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url)
  const body = request.method === 'POST' ? await request.text() : undefined
  return await fetch(`http://localhost:${port}${pathname}${search}`, {
    method: request.method,
    headers: request.headers,
    redirect: 'manual',
    signal: AbortSignal.timeout(30_000),
    ...(body === undefined ? {} : { body }),
  })
}

async function pause(ms: number): Promise<void> {
  await new Promise((done) => void setTimeout(done, ms))
}
