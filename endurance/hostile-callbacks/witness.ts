// Observes the effects of hostile requests: calls to Attio, new connections and answers.
import type { Target } from './target.ts'

export interface Tally {
  readonly attacks: number
  readonly requests: number
  readonly tokenRequests: number
  readonly tokensGranted: number
  readonly links: number
  /** The number of answers of 500 and above, including crashes. */
  readonly failures: number
  /** The number of requests that would have ended the process. */
  readonly crashes: number
  /** The number of other forbidden effects: redirects to other sites, exposed codes, unescaped markup. */
  readonly indiscretions: number
}

export const nothing: Tally = {
  attacks: 0,
  requests: 0,
  tokenRequests: 0,
  tokensGranted: 0,
  links: 0,
  failures: 0,
  crashes: 0,
  indiscretions: 0,
}

export function add(one: Tally, other: Tally): Tally {
  return {
    attacks: one.attacks + other.attacks,
    requests: one.requests + other.requests,
    tokenRequests: one.tokenRequests + other.tokenRequests,
    tokensGranted: one.tokensGranted + other.tokensGranted,
    links: one.links + other.links,
    failures: one.failures + other.failures,
    crashes: one.crashes + other.crashes,
    indiscretions: one.indiscretions + other.indiscretions,
  }
}

export interface Witness {
  /** Accepts the present connections as legitimate. */
  readonly accept: (target: Target) => Promise<void>
  /** Runs one attack; resolves to its effects and a description of its requests. */
  readonly during: (
    target: Target,
    attack: () => Promise<void>,
  ) => Promise<{ readonly tally: Tally; readonly seen: readonly string[] }>
  readonly watch: (
    target: Target,
    request: Request,
    given: { readonly node: number; readonly secrets: readonly string[] },
  ) => Promise<Response | undefined>
  /** Records a finding of the attack itself. */
  readonly note: (what: string) => void
}

export const markup = '"><img src=x onerror=alert(7)><script>alert(7)</script>'

export function createWitness(): Witness {
  let tally = nothing
  let seen: string[] = []
  let known: ReadonlySet<string> = new Set()
  const note = (what: string): void => {
    tally = add(tally, { ...nothing, indiscretions: 1 })
    seen.push(`! ${what}`)
  }
  return {
    note,
    accept: async (target) => {
      known = await target.links()
    },
    during: async (target, attack) => {
      tally = { ...nothing, attacks: 1 }
      seen = []
      await attack()
      const now = await target.links()
      const links = [...now].filter((link) => !known.has(link)).length
      known = now
      return { tally: { ...tally, links }, seen }
    },
    watch: async (target, request, { node, secrets }) => {
      const before = target.tokenRequests()
      const answer = await send(target, request, node)
      const after = target.tokenRequests()
      tally = add(tally, {
        ...nothing,
        requests: 1,
        tokenRequests: after.sent - before.sent,
        tokensGranted: after.granted - before.granted,
        failures: answer.status >= 500 ? 1 : 0,
        crashes: answer.response === undefined ? 1 : 0,
      })
      const cookie = request.headers.get('cookie') ?? ''
      const told = `${request.method} ${request.url.slice(0, 500)} (${cookie.slice(0, 300)})`
      seen.push(`${told} → ${answer.response === undefined ? 'crash' : answer.status}`)
      for (const what of indiscretionsIn(target, answer, secrets)) note(what)
      return answer.response
    },
  }
}

interface Seen {
  readonly status: number
  readonly location: string
  readonly body: string
  readonly response: Response | undefined
}

async function send(target: Target, request: Request, node: number): Promise<Seen> {
  try {
    const response = await target.send(request, node)
    const location = response.headers.get('location') ?? ''
    return { status: response.status, location, body: await response.text(), response }
  } catch (error) {
    // The error was not caught, so the process would have ended.
    return { status: 599, location: '', body: String(error), response: undefined }
  }
}

function indiscretionsIn(
  target: Target,
  { location, body }: Seen,
  secrets: readonly string[],
): readonly string[] {
  const said = location + body
  return [
    ...(isOwnPlace(target, new URL(location, target.origin)) ? [] : ['sent elsewhere']),
    ...(secrets.some((secret) => secret !== '' && said.includes(secret)) ? ['shown a secret'] : []),
    ...(/<img src=x|<script>alert/.test(body) ? ['passed markup on'] : []),
  ]
}

/** True for a page of the app, and for Attio's authorization page when it redirects back to the app. */
function isOwnPlace(target: Target, url: URL): boolean {
  const leadsBack = url.searchParams.get('redirect_uri') === target.origin + target.callback
  return (
    url.origin === target.origin ||
    (url.origin === target.attioOrigin && url.pathname === '/authorize' && leadsBack)
  )
}
