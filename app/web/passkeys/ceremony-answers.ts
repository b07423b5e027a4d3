// What the passkeys' script hears: what to sign, where to go next, or a problem in words.
import { challengeLifetimeMs, type Accounts } from '../../accounts/accounts.ts'
import type { Secret } from '../../support/secret.ts'
import { answerJson } from '../answer-json.ts'
import { passkeyCookie } from '../cookies.ts'
import { Problem } from '../problem.ts'
import { waitInWords } from '../ui/words.ts'
import type { RouteParts, WebContext } from '../web-parts.ts'

export type CeremonyProblem =
  | { readonly kind: 'refused' | 'expired' | 'locked' | 'too-many-passkeys' }
  | { readonly kind: 'too-many'; readonly retryAt: number }

type Ceremonies = NonNullable<Accounts['passkeys']['ceremonies']>
type Asked = { readonly kind: 'asked'; readonly cookie: Secret; readonly options: unknown }

/** Returns the ceremonies of passkeys. Throws a Problem where this Taskr has no passkeys. */
export function ceremoniesOf({ accounts }: RouteParts): Ceremonies {
  const { ceremonies } = accounts.passkeys
  if (ceremonies === undefined) throw new Problem({ kind: 'not-found' })
  return ceremonies
}

/** Sends what to sign and the secret that must come back with the response, or says why there is nothing to sign. */
export function answerCeremony(
  parts: RouteParts,
  context: WebContext,
  asked: Asked | CeremonyProblem,
): Response {
  if (asked.kind !== 'asked') return answerProblem(parts, context, asked)
  parts.cookies.write(context, {
    name: passkeyCookie,
    value: asked.cookie.reveal(),
    maxAgeMs: challengeLifetimeMs,
  })
  return answerJson(context, { options: asked.options })
}

/** Returns the secret of the challenge that this browser was given, for one use. */
export function takePasskeyCookie({ cookies }: RouteParts, context: WebContext): string {
  const secret = cookies.read(context, passkeyCookie) ?? ''
  cookies.remove(context, passkeyCookie)
  return secret
}

const statuses = {
  refused: 401,
  locked: 403,
  expired: 410,
  'too-many-passkeys': 409,
  'too-many': 429,
} as const

export function answerProblem(
  { clock }: RouteParts,
  context: WebContext,
  problem: CeremonyProblem,
): Response {
  context.status(statuses[problem.kind])
  return context.body(JSON.stringify({ problem: inWords(problem, clock.now()) }), {
    headers: { 'content-type': 'application/json; charset=utf-8' },
  })
}

function inWords(problem: CeremonyProblem, now: number): string {
  switch (problem.kind) {
    case 'refused':
      return 'That passkey doesn’t work here.'
    case 'locked':
      return 'This account is locked. Ask the operator of this server.'
    case 'expired':
      return 'That took too long. Try again.'
    case 'too-many-passkeys':
      return 'You have twenty passkeys. Remove one first.'
    case 'too-many':
      return `Too many attempts. Try again ${waitInWords(problem.retryAt, now)}.`
  }
}
