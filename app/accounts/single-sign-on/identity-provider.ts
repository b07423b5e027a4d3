// The operator's identity provider, over OpenID Connect. Discovery happens when it is first needed, so Taskr starts
// and serves while the provider is unreachable. After a failure, discovery is tried again ten seconds later at the earliest.

import * as client from 'openid-client'
import type { Clock } from '../../support/clock.ts'
import { isLoopback } from '../../support/loopback.ts'
import type { Logger } from '../../support/logger.ts'
import { limitAnswers } from './limit-answers.ts'
import type { Secret } from '../../support/secret.ts'

export type ProviderSettings = {
  readonly issuer: URL
  readonly clientId: string
  readonly clientSecret: Secret
  /** What people call the provider; it stands on the button. */
  readonly label: string
  readonly redirectUri: string
}

export type IdentityProvider = {
  readonly issuer: string
  readonly label: string
  /** Returns where to send the browser; undefined while the provider cannot be reached. */
  readonly authorizationAddress: (
    secrets: SignOnSecrets,
    /** `anew`: the person must log in there again, even when the provider knows them still. */
    wanted: { readonly anew: boolean },
  ) => Promise<URL | undefined>
  /** Exchanges the provider's answer for the person that it vouches for. */
  readonly receive: (answer: URL, secrets: SignOnSecrets) => Promise<Received>
}

export type SignOnSecrets = {
  readonly state: string
  readonly nonce: string
  readonly codeVerifier: string
}

export type Identity = {
  readonly issuer: string
  readonly subject: string
  /** An address that the provider says it has verified. */
  readonly emailAddress: string
  readonly suggestedName: string
  /** When the person logged in at the provider, by its clock; undefined when it does not say. */
  readonly authenticatedAt: number | undefined
}

export type Received =
  | { readonly kind: 'identity'; readonly identity: Identity }
  /** The person, or the provider's administrator, said no. */
  | { readonly kind: 'denied' }
  | { readonly kind: 'no-verified-address' }
  /** The answer is forged, altered, or not meant for this Taskr. */
  | { readonly kind: 'invalid' }
  | { readonly kind: 'unreachable' }

const answersWithinSeconds = 5
const largestAnswer = 256 * 1024
const restMs = 10_000

export type ProviderParts = {
  readonly clock: Clock
  readonly fetch: typeof globalThis.fetch
  readonly logger: Logger
}

export function createIdentityProvider(
  settings: ProviderSettings,
  { clock, fetch: request, logger }: ProviderParts,
): IdentityProvider {
  let discovering: Promise<client.Configuration> | undefined
  let restsUntil = 0

  const discover = async (): Promise<client.Configuration | undefined> => {
    if (discovering === undefined && clock.now() < restsUntil) return undefined
    discovering ??= discoverProvider(settings, limitAnswers(request, largestAnswer))
    try {
      return await discovering
    } catch (error) {
      if (discovering !== undefined) {
        logger.warn('single-sign-on.not-discovered', { error: problemOf(error) })
        restsUntil = clock.now() + restMs
      }
      discovering = undefined
      return undefined
    }
  }

  return {
    issuer: settings.issuer.href,
    label: settings.label,
    authorizationAddress: async ({ codeVerifier, nonce, state }, { anew }) => {
      const configuration = await discover()
      if (configuration === undefined) return undefined
      return client.buildAuthorizationUrl(configuration, {
        redirect_uri: settings.redirectUri,
        scope: 'openid email profile',
        response_type: 'code',
        code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
        state,
        nonce,
        // OpenID Connect Core §3.1.2.1. With max_age the provider must say when the person logged in.
        ...(anew ? { prompt: 'login', max_age: '0' } : {}),
      })
    },
    receive: async (answer, secrets) => {
      const configuration = await discover()
      if (configuration === undefined) return { kind: 'unreachable' }
      try {
        return await readIdentity(settings, configuration, answer, secrets)
      } catch (error) {
        const received = failureOf(error)
        logger.warn('single-sign-on.refused', { kind: received.kind, error: problemOf(error) })
        return received
      }
    },
  }
}

async function discoverProvider(
  { clientId, clientSecret, issuer }: ProviderSettings,
  request: typeof globalThis.fetch,
): Promise<client.Configuration> {
  return await client.discovery(
    issuer,
    clientId,
    undefined,
    client.ClientSecretBasic(clientSecret.reveal()),
    {
      [client.customFetch]: (address, { body, ...options }) =>
        request(address, body === undefined ? options : { ...options, body: bodyOf(body) }),
      timeout: answersWithinSeconds,
      execute: [
        // Signatures are checked although the token comes from the provider itself, over TLS.
        client.enableNonRepudiationChecks,
        // oxlint-disable-next-line typescript/no-deprecated -- marked so to stand out; only for this machine itself
        ...(isLoopback(issuer.hostname) ? [client.allowInsecureRequests] : []),
      ],
    },
  )
}

/** The client sends forms and nothing else. */
function bodyOf(body: client.FetchBody): URLSearchParams | string | null {
  if (body === null || typeof body === 'string' || body instanceof URLSearchParams) return body
  throw new TypeError('A request to the identity provider is a form.')
}

async function readIdentity(
  { issuer, redirectUri }: ProviderSettings,
  configuration: client.Configuration,
  answer: URL,
  { codeVerifier, nonce, state }: SignOnSecrets,
): Promise<Received> {
  // The address as registered: what a proxy makes of it must not matter.
  const address = new URL(redirectUri)
  address.search = answer.search
  const tokens = await client.authorizationCodeGrant(configuration, address, {
    pkceCodeVerifier: codeVerifier,
    expectedNonce: nonce,
    expectedState: state,
    idTokenExpected: true,
  })
  const claims = tokens.claims()
  if (claims === undefined) return { kind: 'invalid' }
  // Many providers tell the address only when asked with the access token (OpenID Connect Core §5.4).
  const told =
    claims['email'] === undefined
      ? await client.fetchUserInfo(configuration, tokens.access_token, claims.sub)
      : claims
  const { email, email_verified: isVerified } = told
  if (typeof email !== 'string' || isVerified !== true) return { kind: 'no-verified-address' }
  const suggested = told['preferred_username']
  const suggestedName = typeof suggested === 'string' ? suggested : (email.split('@')[0] ?? '')
  return {
    kind: 'identity',
    identity: {
      issuer: issuer.href,
      subject: claims.sub,
      emailAddress: email,
      suggestedName: suggestedName.slice(0, 100),
      authenticatedAt: claims.auth_time === undefined ? undefined : claims.auth_time * 1_000,
    },
  }
}

function failureOf(error: unknown): Received {
  if (error instanceof client.AuthorizationResponseError) {
    return { kind: error.error === 'access_denied' ? 'denied' : 'invalid' }
  }
  // The provider refuses the code: it was used, has expired, or belongs to another verifier.
  if (error instanceof client.ResponseBodyError) {
    return { kind: error.status >= 500 ? 'unreachable' : 'invalid' }
  }
  if (error instanceof client.ClientError) {
    return { kind: unreachableCodes.has(error.code ?? '') ? 'unreachable' : 'invalid' }
  }
  return { kind: 'unreachable' }
}

const unreachableCodes: ReadonlySet<string> = new Set([
  'OAUTH_TIMEOUT',
  'OAUTH_ABORT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_PARSE_ERROR',
])

/** Returns what may be logged of a failure: never the answer, which holds the code and the tokens. */
function problemOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}
