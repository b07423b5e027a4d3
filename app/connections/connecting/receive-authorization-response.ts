// Receives the answer that a browser brings back from Attio (RFC 6749 §4.1.2) and decides, before anything is
// sent to Attio, whether it belongs to a request that this very account, session and browser began.
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
import { listConnections } from '../connection-store.ts'

export interface AuthorizationResponse {
  readonly parameters: URLSearchParams
  readonly session: { readonly accountId: AccountId; readonly sessionId: SessionId } | undefined
  /** The value of the cookie of that name, as the browser sent it. */
  readonly browserCookie: (name: string) => string | undefined
}

export type ReceivedResponse =
  | { readonly kind: 'code'; readonly request: AuthorizationRequest; readonly code: Secret }
  /** Nobody is signed in: the code waits, sealed, until the same account signs in again. */
  | SignInFirst
  | { readonly kind: 'refused'; readonly refusal: ConnectingRefusal }

export interface SignInFirst {
  readonly kind: 'sign-in-first'
  /**
   * Takes the place of the secret of the browser that began. Whoever planted that one in a stranger's browser does
   * not have this one, and so cannot collect the stranger's code.
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

/** `provenState` is the state whose hash an open request has: only its hash is stored. */
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

/** Told only to whoever holds the state: it is 256 bits, and knowing it opens nothing. */
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

/** A consumed request leaves no trace, but a connection made a moment ago tells what it was. */
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
