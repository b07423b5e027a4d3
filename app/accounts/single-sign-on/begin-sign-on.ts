// Begins a log-in at the provider: stores that it was begun, and returns where to send the browser. A signed-in person
// whose account has no password is sent there to log in anew, which confirms who they are.

import type { Secret } from '../../support/secret.ts'
import type { AccountParts } from '../account-parts.ts'
import type { Client } from '../client.ts'
import type { Session } from '../sessions/session.ts'
import type { IdentityProvider } from './identity-provider.ts'
import { createBrowserSecret, hashOfState, secretsOf } from './sign-on-secrets.ts'
import { addSignOnRequest } from './sign-on-request-store.ts'

export const signOnLastsMs = 10 * 60_000

export type BegunSignOn =
  | { readonly kind: 'begun'; readonly address: URL; readonly browserSecret: Secret }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'too-many'; readonly retryAt: number }

export async function beginSignOn(
  parts: AccountParts,
  provider: IdentityProvider,
  returnTo: string,
  browserClient: Client,
  confirms?: Pick<Session, 'accountId' | 'sessionId'>,
): Promise<BegunSignOn> {
  const admission = await parts.limits.admitSignOn(browserClient.address)
  if (admission.kind === 'too-many') return admission
  const browserSecret = createBrowserSecret(parts.randomBytes)
  const secrets = secretsOf(browserSecret)
  const address = await provider.authorizationAddress(secrets, { anew: confirms !== undefined })
  if (address === undefined) return { kind: 'unreachable' }
  const createdAt = parts.clock.now()
  await addSignOnRequest(parts.database.db, {
    stateHash: hashOfState(secrets.state),
    returnTo,
    confirms,
    createdAt,
    expiresAt: createdAt + signOnLastsMs,
  })
  return { kind: 'begun', address, browserSecret }
}
