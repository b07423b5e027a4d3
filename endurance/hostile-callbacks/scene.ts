// The attacker and the victim: both signed in, with authorization requests that Attio has approved and no browser has
// returned to Taskr yet.
import { cookieHeader, type Cookies, type Target } from './target.ts'
import type { Witness } from './witness.ts'

export interface Person {
  readonly name: string
  readonly session: Cookies
  /** A session of the same account in another browser. */
  readonly otherSession: Cookies | undefined
}

/** An approved authorization request: its callback would connect in the right browser. */
export interface OpenRequest {
  readonly by: Person
  /** The cookies that beginning the request set. */
  readonly tickets: Cookies
  readonly state: string
  readonly code: string
}

/** A hostile request. The defaults are those of a browser's callback. */
export interface Shot {
  readonly cookies?: Cookies
  readonly search?: string
  readonly path?: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** The origin that the request claims to address. */
  readonly origin?: string
}

export interface Scene {
  readonly target: Target
  readonly attacker: Person
  readonly victim: Person
  /** Returns the person's open request, the same one until it is spent. */
  readonly open: (person: Person) => Promise<OpenRequest>
  /** Returns a request that its owner has completed. */
  readonly finished: () => Promise<OpenRequest>
  /** Returns a request that is older than ten minutes. */
  readonly expired: () => Promise<OpenRequest>
  /** Removes requests, so that no later attack uses them. */
  readonly spend: (...requests: readonly OpenRequest[]) => void
  readonly spendAll: () => void
  /** Sends a request and reports it to the witness. */
  readonly fire: (shot: Shot) => Promise<Response | undefined>
}

/** Replaces the state for an app that sends none. */
const noState = 'no-state-was-ever-sent-by-this-application-x'
const replaysOfOne = 40

export async function setScene(target: Target, witness: Witness): Promise<Scene> {
  const attacker = await enter(target, 'alice')
  const victim = await enter(target, 'bob')
  const under = new Map<Person, OpenRequest>()
  let finished = { request: await finish(target, await begin(target, victim)), used: 0 }
  let node = 0
  return {
    target,
    attacker,
    victim,
    open: async (person) => {
      const request = under.get(person) ?? (await begin(target, person))
      under.set(person, request)
      return request
    },
    finished: async () => {
      if (finished.used >= replaysOfOne) {
        finished = { request: await finish(target, await begin(target, victim)), used: 0 }
        await witness.accept(target)
      }
      finished.used += 1
      return finished.request
    },
    expired: async () => {
      const request = await begin(target, victim)
      await target.advance(10 * 60_000 + 1_000)
      under.clear()
      return request
    },
    spend: (...requests) => {
      for (const { by } of requests) under.delete(by)
    },
    spendAll: () => under.clear(),
    fire: async (shot) => {
      node += 1
      const secrets = [...under.values()].flatMap(({ state, code }) => [state, code])
      return await witness.watch(target, toRequest(target, shot), { node, secrets })
    },
  }
}

/**
 * Returns true when a valid callback still connects, since an app that refuses every callback would withstand every
 * attack. Otherwise returns the answer.
 */
export async function connects(
  { target }: Scene,
  person: Person,
): Promise<{ readonly connected: boolean; readonly answered: string }> {
  const before = await target.links()
  const { answered } = await bringBack(target, await begin(target, person))
  const after = await target.links()
  return { connected: [...after].some((link) => !before.has(link)), answered }
}

async function enter(target: Target, name: string): Promise<Person> {
  const session = await target.signUp(name)
  const otherSession = await target.signInAgain?.(name)
  return { name, session, otherSession }
}

async function begin(target: Target, by: Person): Promise<OpenRequest> {
  const answer = await target.send(target.beginning(by.session), 0)
  const back = target.approve(answer.headers.get('location') ?? '')
  return {
    by,
    tickets: cookiesSetBy(answer),
    state: back.searchParams.get('state') ?? noState,
    code: back.searchParams.get('code') ?? '',
  }
}

async function finish(target: Target, request: OpenRequest): Promise<OpenRequest> {
  await bringBack(target, request)
  return request
}

async function bringBack(
  target: Target,
  request: OpenRequest,
): Promise<{ readonly answered: string }> {
  const { by, tickets, state, code } = request
  const search = `?${new URLSearchParams({ code, state }).toString()}`
  const answer = await target.send(
    toRequest(target, { cookies: together(by.session, tickets), search }),
    0,
  )
  const [, title = ''] = /<h1[^>]*>(.*?)<\/h1>/s.exec(await answer.text()) ?? []
  await target.settle()
  return { answered: `${answer.status} ${title}`.trim() }
}

export function together(...all: readonly Cookies[]): Cookies {
  return new Map(all.flatMap((cookies) => [...cookies]))
}

export function cookiesSetBy(answer: Response): Cookies {
  return new Map(
    answer.headers.getSetCookie().flatMap((line) => {
      const [, name, value] = /^([^=;]+)=([^;]*)/.exec(line) ?? []
      return name === undefined || value === undefined ? [] : [[name, value] as const]
    }),
  )
}

function toRequest(target: Target, shot: Shot): Request {
  const { cookies = new Map(), search = '', path = target.callback, method = 'GET', body } = shot
  const headers = new Headers({ 'sec-fetch-site': 'cross-site', 'user-agent': 'test' })
  if (cookies.size > 0) headers.set('cookie', cookieHeader(cookies))
  for (const [name, value] of Object.entries(shot.headers ?? {})) headers.set(name, value)
  return new Request((shot.origin ?? target.origin) + path + search, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
  })
}
