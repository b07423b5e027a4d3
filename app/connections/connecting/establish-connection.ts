// Turns an authorization code into a stored connection: exchanges it, identifies the token and finds the member.
import { requestAccessToken } from '@taskr/attio/oauth'
import type { AccountId, ConnectionId, RevocationId } from '../../support/ids.ts'
import { Secret } from '../../support/secret.ts'
import { clientWith } from '../calling/call-attio.ts'
import type { AuthorizationRequest } from './authorization-request-store.ts'
import type { ConnectingRefusal } from './connecting-refusal.ts'
import type { ConnectionParts } from '../connection-parts.ts'
import { findConnection } from '../usable-connection-store.ts'
import { withoutToken, type Connection } from '../connection.ts'
import { dropHeldToken, holdToken, openHeldToken } from './held-tokens.ts'
import { identifyToken, nameOfApprover } from './identify-token.ts'
import { withinTimeLimit } from '../calling/time-limit.ts'
import { openCodeVerifier } from './request-secrets.ts'
import { findJoinable, makeOffer } from '../seats/offer.ts'
import { storeConnection } from './store-connection.ts'

export type Establishment =
  | {
      readonly kind: 'connected'
      readonly connection: Connection
      /** True when the account was connected to this workspace already; the connection keeps its id. */
      readonly renewed: boolean
      /** The name of the member who approved, when Attio gave it. */
      readonly memberName: string | undefined
    }
  /** The workspace is connected here by another account, which this one may join. The token is held meanwhile. */
  | { readonly kind: 'connected-already'; readonly connection: Connection }
  | { readonly kind: 'refused'; readonly refusal: ConnectingRefusal }

export async function establishConnection(
  parts: ConnectionParts,
  request: AuthorizationRequest,
  code: Secret,
): Promise<Establishment> {
  const codeVerifier = openCodeVerifier(parts, request)
  if (codeVerifier === undefined) return refused({ kind: 'unknown-request' })
  return await withinTimeLimit((signal) => exchange(parts, { request, code, codeVerifier, signal }))
}

async function exchange(
  parts: ConnectionParts,
  exchanging: {
    readonly request: AuthorizationRequest
    readonly code: Secret
    readonly codeVerifier: Secret
    readonly signal: AbortSignal
  },
): Promise<Establishment> {
  const { request, code, codeVerifier, signal } = exchanging
  const { accountId, reconnects } = request
  const answer = await requestAccessToken({
    endpoints: parts.attio.endpoints,
    clientId: parts.attio.clientId,
    clientSecret: parts.attio.clientSecret.reveal(),
    redirectUri: request.redirectUri,
    code: code.reveal(),
    codeVerifier: codeVerifier.reveal(),
    fetch: parts.fetch,
    now: parts.clock.now,
    signal,
  })
  if (answer.kind !== 'granted') {
    parts.logger.warn('connections.token-request-failed', { answer })
    return refused(refusalOf(answer))
  }
  const held = await holdToken(parts, accountId, new Secret(answer.accessToken), signal)
  return await adoptHeldToken(parts, { accountId, held, reconnects, signal })
}

/** Makes a connection of the account's own with a held token, though the account could join another one. */
export async function keepOwnConnection(
  parts: ConnectionParts,
  accountId: AccountId,
  held: RevocationId,
): Promise<Establishment> {
  return await withinTimeLimit((signal) =>
    adoptHeldToken(parts, { accountId, held, reconnects: undefined, isOwn: true, signal }),
  )
}

async function adoptHeldToken(
  parts: ConnectionParts,
  adopting: {
    readonly accountId: AccountId
    readonly held: RevocationId
    readonly reconnects: ConnectionId | undefined
    /** True when the account wants a connection of its own, though it could join another one. */
    readonly isOwn?: boolean
    readonly signal: AbortSignal
  },
): Promise<Establishment> {
  const { accountId, held, reconnects, isOwn = false, signal } = adopting
  const token = await openHeldToken(parts, accountId, held)
  if (token === undefined) return refused({ kind: 'unknown-request' })
  const client = clientWith(parts, token, signal)
  const identified = await identifyToken(client, parts.attio.clientId)
  if (identified.kind === 'refused') {
    const { refusal, ...rest } = identified
    await dropHeldToken(parts, accountId, { held, signal, ...withName(rest) })
    return refused(refusal)
  }
  const { identity } = identified
  const wanted = reconnects && (await findConnection(parts.database.db, accountId, reconnects))
  if (wanted && wanted.workspaceId !== identity.workspaceId) {
    const chosen = identity.workspaceName
    await dropHeldToken(parts, accountId, { held, signal, workspaceName: chosen })
    return refused({ kind: 'other-workspace', chosen, wanted: withoutToken(wanted) })
  }
  const joinable = wanted || isOwn ? undefined : await findJoinable(parts, accountId, identity)
  if (joinable !== undefined) {
    await makeOffer(parts, accountId, { held, connection: joinable })
    return { kind: 'connected-already', connection: joinable }
  }
  const memberName = await nameOfApprover(client, identity)
  const adoption = { accountId, held, token, identity, memberName, renews: wanted }
  const stored = await storeConnection(parts, adoption)
  return stored === undefined
    ? refused({ kind: 'unknown-request' })
    : { kind: 'connected', ...stored, memberName }
}

type TokenAnswer = Exclude<Awaited<ReturnType<typeof requestAccessToken>>, { kind: 'granted' }>

function refusalOf(answer: TokenAnswer): ConnectingRefusal {
  switch (answer.kind) {
    case 'refused': {
      const unknownClient =
        answer.error === 'invalid_client' || answer.error === 'unauthorized_client'
      if (unknownClient) return { kind: 'client-refused' }
      const isForLater = answer.status === 429 || answer.status >= 500
      return isForLater
        ? { kind: 'attio-unreachable', retryAt: answer.retryAt }
        : { kind: 'code-refused' }
    }
    case 'unreadable':
      return { kind: 'attio-unclear' }
    case 'unreachable':
      return { kind: 'attio-unreachable' }
  }
}

function withName(rest: { readonly workspaceName?: string }): { readonly workspaceName?: string } {
  return rest.workspaceName === undefined ? {} : { workspaceName: rest.workspaceName }
}

function refused(refusal: ConnectingRefusal): Establishment {
  return { kind: 'refused', refusal }
}
