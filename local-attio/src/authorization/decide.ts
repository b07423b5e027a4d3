// Turns a person's "Allow" or "Deny" into the address of the browser's redirect.
import type { Parts } from '../parts.ts'
import {
  appOf,
  firstRefusal,
  grantChecks,
  pickedMembership,
  redirectUriOf,
  requestChecks,
  type AuthorizationRequest,
  type Refusal,
} from './checks.ts'

export type Decision = 'allow' | 'deny'

export type Decided =
  | { readonly kind: 'sent-back'; readonly location: string }
  | Exclude<Refusal, { kind: 'redirect' }>

/** The lifetime of a code: RFC 6749 §4.1.2 recommends at most ten minutes. */
const codeLifeMs = 10 * 60_000

/** Returns the reason why the consent page is not shown; undefined when it is shown. */
export function examine(request: AuthorizationRequest): Decided | undefined {
  const refusal = firstRefusal(requestChecks, request)
  return refusal && outcomeOf(request, refusal)
}

export function decide(parts: Parts, request: AuthorizationRequest, decision: Decision): Decided {
  const refused = examine(request)
  if (refused) return refused
  if (decision === 'deny') {
    return sendBack(request, {
      error: 'access_denied',
      error_description: 'The user denied the request',
    })
  }
  const refusal = firstRefusal(grantChecks, request)
  if (refusal) return outcomeOf(request, refusal)
  return sendBack(request, { code: grantCode(parts, request) })
}

function grantCode({ world, ids, clock }: Parts, request: AuthorizationRequest): string {
  const app = appOf(request)
  const member = pickedMembership(request)
  const redirectUri = redirectUriOf(request)
  if (!app || !member || redirectUri === undefined) throw new Error('The checks were not passed.')
  const { workspaceId } = member
  const now = clock.now()
  return world.transact(() => {
    const isInstalled = world.installations
      .all()
      .some((one) => one.appId === app.id && one.workspaceId === workspaceId)
    if (!isInstalled) {
      world.installations.put({ id: ids.uuid(), appId: app.id, workspaceId, createdAt: now })
    }
    const code = world.authorizationCodes.put({
      id: ids.secret(),
      appId: app.id,
      workspaceId,
      memberId: member.id,
      redirectUri,
      codeChallenge: request.query.get('code_challenge') ?? null,
      scopes: app.scopes,
      expiresAt: now + codeLifeMs,
      usedAt: null,
    })
    return code.id
  })
}

function outcomeOf(request: AuthorizationRequest, refusal: Refusal): Decided {
  if (refusal.kind !== 'redirect') return refusal
  return sendBack(request, { error: refusal.error, error_description: refusal.description })
}

/** Returns the registered redirect URI with the answer and the state in its original encoding. */
function sendBack(
  request: AuthorizationRequest,
  parameters: Readonly<Record<string, string>>,
): Decided {
  const redirectUri = redirectUriOf(request)
  if (redirectUri === undefined) throw new Error('The checks were not passed.')
  const state = request.query.raw('state')
  const query = new URLSearchParams(parameters).toString()
  const answer = state === undefined ? query : `${query}&state=${state}`
  return {
    kind: 'sent-back',
    location: `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${answer}`,
  }
}
