// Verifies that a stored passkey signed a challenge for this Taskr, with its person verified by the authenticator: that is
// possession of the device, and its PIN or biometrics.
import {
  verifyAuthenticationResponse,
  type AuthenticationResponseJSON,
  type VerifiedAuthenticationResponse,
} from '@simplewebauthn/server'
import type { Db } from '../../database/tables.ts'
import type { AccountParts } from '../account-parts.ts'
import { describeClient, recordEvent } from '../audit/record-event.ts'
import type { Client } from '../client.ts'
import { findPasskey, notePasskeyUse, type Passkey } from './passkey-store.ts'
import type { RelyingParty } from './relying-party.ts'

type Signed = {
  readonly relyingParty: RelyingParty
  readonly response: AuthenticationResponseJSON
  readonly challenge: string
}

/** Returns the passkey that signed, and what its authenticator says. */
export async function verifySignature(
  parts: AccountParts,
  signed: Signed,
): Promise<
  { readonly passkey: Passkey; readonly counter: number; readonly isSynced: boolean } | undefined
> {
  const { response } = signed
  const passkey = await findPasskey(parts.database.db, response.id)
  if (passkey === undefined) return undefined
  const handle = Buffer.from(response.response.userHandle ?? '', 'base64url').toString('utf8')
  if (handle !== passkey.accountId) return undefined
  const verified = await verify(parts, signed, passkey)
  if (verified?.verified !== true) return undefined
  const { credentialBackedUp, newCounter } = verified.authenticationInfo
  return { passkey, counter: newCounter, isSynced: credentialBackedUp }
}

/**
 * Notes the use, in the transaction of what it allows. Returns false, and tells the owner, when the counter did not grow:
 * then another device has a copy of the passkey (WebAuthn §6.1.1).
 */
export async function useSignature(
  parts: AccountParts,
  db: Db,
  { counter, isSynced, passkey }: NonNullable<Awaited<ReturnType<typeof verifySignature>>>,
  client: Client,
): Promise<boolean> {
  const counts = counter > 0 || passkey.counter > 0
  const use = { counter, isSynced, at: parts.clock.now() }
  if (!counts || counter > passkey.counter) return await notePasskeyUse(db, passkey, use)
  const details = { passkey: passkey.name, ...describeClient(client) }
  await recordEvent(parts, db, passkey.accountId, { kind: 'passkey-copied', details })
  parts.logger.warn('accounts.passkey-copied', { accountId: passkey.accountId })
  return false
}

async function verify(
  { logger }: AccountParts,
  { challenge, relyingParty, response }: Signed,
  { credentialId, publicKey }: Passkey,
): Promise<VerifiedAuthenticationResponse | undefined> {
  try {
    return await verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: relyingParty.origin,
      expectedRPID: relyingParty.id,
      requireUserVerification: true,
      credential: {
        id: credentialId,
        publicKey: new Uint8Array(Buffer.from(publicKey, 'base64url')),
        // The library judges the counter before the signature, so a stranger could make a passkey look copied.
        counter: 0,
      },
    })
  } catch (error) {
    // The library throws for every response that does not fit.
    const reason = error instanceof Error ? error.message.slice(0, 200) : ''
    logger.info('accounts.passkey-unfit', { reason })
    return undefined
  }
}
