// Receives the authorization response that a browser brings back from Attio (RFC 6749 §4.1.2). Before anything is sent
// to Attio, it decides whether the response belongs to a request of this account, session and browser.
import { findResponseState, readAuthorizationResponse } from '@taskr/attio/oauth'
import type { AccountId, SessionId } from '../../support/ids.ts'
import { areSameHash, sha256Base64Url } from '../../support/hash.ts'
import { Secret } from '../../support/secret.ts'
import {
  consumeAuthorizationRequest,
  findAuthorizationRequestByState,
  keepCode,
  type AuthorizationRequest,
} from './authorization-request-store.ts'
import {
  authorizationRequestMs,
  browserCookieName,
  newBrowserSecret,
  type BrowserSecret,
} from './begin-connecting.ts'
import type { ConnectingRefusal } from './connecting-refusal.ts'
import type { ConnectionParts } from '../connection-parts.ts'
import { listConnections } from '../usable-connection-store.ts'

export interface AuthorizationResponse {
  readonly parameters: URLSearchParams
  readonly session: { readonly accountId: AccountId; readonly sessionId: SessionId } | undefined
  /** The value of the named cookie, as the browser sent it. */
  readonly browserCookie: (name: string) => string | undefined
}

export type ReceivedResponse =
  | { readonly kind: 'code'; readonly request: AuthorizationRequest; readonly code: Secret }
  /** The browser is signed out: the code waits, sealed, until the same account signs in again. */
  | SignInFirst
  | { readonly kind: 'refused'; readonly refusal: ConnectingRefusal }

export interface SignInFirst {
  readonly kind: 'sign-in-first'
  /**
   * Replaces the secret of the browser that began the request. An attacker who planted the first secret in another
   * person's browser does not have the new one, and so cannot use that person's code.
   */
  readonly browser?: BrowserSecret
}

const longestParameter = 2_048

export async function receiveAuthorizationResponse(
  parts: ConnectionParts,
  response: AuthorizationResponse,
): Promise<ReceivedResponse> {
  const { parameters, session } = response
  const state = findResponseState(parameters)
  if (state === undefined || hasDoubledOrLongParameter(parameters))
    return refused({ kind: 'malformed' })
  const stateHash = sha256Base64Url(state)
  const browserHash = sha256Base64Url(response.browserCookie(browserCookieName(stateHash)) ?? '')
  if (session === undefined)
    return await keepForLater(parts, { parameters, state, stateHash, browserHash })

  const request = await consumeAuthorizationRequest(parts.database.db, session.accountId, {
    sessionId: session.sessionId,
    stateHash,
    browserHash,
    at: parts.clock.now(),
  })
  if (request === undefined) return refused(await whyNot(parts, session.accountId, stateHash))
  const read = await readCode(parts, parameters, state)
  return 'refusal' in read ? refused(read.refusal) : { kind: 'code', request, code: read.code }
}

function hasDoubledOrLongParameter(parameters: URLSearchParams): boolean {
  return ['code', 'error', 'iss'].some((name) => {
    const values = parameters.getAll(name)
    return values.length > 1 || values.some((value) => value.length > longestParameter)
  })
}

/** `provenState` is the state that matched an open request; the database holds only its hash. */
async function readCode(
  parts: ConnectionParts,
  parameters: URLSearchParams,
  provenState: string,
): Promise<{ code: Secret } | { refusal: ConnectingRefusal }> {
  const answer = readAuthorizationResponse(parameters, {
    clientId: parts.attio.clientId,
    expectedState: provenState,
    issuer: parts.attio.endpoints.app,
  })
  switch (answer.kind) {
    case 'code':
      return { code: new Secret(answer.code) }
    case 'refused':
      return {
        refusal:
          answer.error === 'access_denied'
            ? { kind: 'denied' }
            : { kind: 'attio-refused', code: answer.error },
      }
    case 'invalid':
      return {
        refusal: { kind: answer.reason === 'foreign-issuer' ? 'foreign-issuer' : 'malformed' },
      }
  }
}

/** This is told only to a caller that knows the state: it is 256 bits, and knowing it opens nothing. */
async function whyNot(
  parts: ConnectionParts,
  accountId: AccountId,
  stateHash: string,
): Promise<ConnectingRefusal> {
  const request = await findAuthorizationRequestByState(parts.database.db, stateHash)
  if (request === undefined) return await usedOrUnknown(parts, accountId)
  if (request.expiresAt <= parts.clock.now()) return { kind: 'expired' }
  return { kind: request.accountId === accountId ? 'other-session' : 'other-account' }
}

/** A consumed request is deleted, but a connection made a moment ago identifies a reloaded page. */
async function usedOrUnknown(
  parts: ConnectionParts,
  accountId: AccountId,
): Promise<ConnectingRefusal> {
  const connections = await listConnections(parts.database.db, accountId)
  const since = parts.clock.now() - authorizationRequestMs
  return {
    kind: connections.some(({ updatedAt }) => updatedAt > since)
      ? 'used-request'
      : 'unknown-request',
  }
}

async function keepForLater(
  parts: ConnectionParts,
  answer: { parameters: URLSearchParams; state: string; stateHash: string; browserHash: string },
): Promise<ReceivedResponse> {
  const request = await findAuthorizationRequestByState(parts.database.db, answer.stateHash)
  const now = parts.clock.now()
  const open =
    request !== undefined &&
    areSameHash(request.browserHash, answer.browserHash) &&
    request.expiresAt > now
  if (!open) return refused({ kind: 'unknown-request' })
  const read = await readCode(parts, answer.parameters, answer.state)
  if ('refusal' in read) return refused(read.refusal)
  const { accountId, authorizationRequestId } = request
  const browser = newBrowserSecret(parts, answer.stateHash, request.expiresAt - now)
  const isKept = await keepCode(parts.database.db, accountId, {
    request: authorizationRequestId,
    browserHash: sha256Base64Url(browser.value.reveal()),
    sealedCode: parts.sealer.seal(
      { field: 'attio.code', accountId, rowId: authorizationRequestId },
      read.code,
    ),
  })
  return { kind: 'sign-in-first', ...(isKept && { browser }) }
}

function refused(refusal: ConnectingRefusal): ReceivedResponse {
  return { kind: 'refused', refusal }
}
