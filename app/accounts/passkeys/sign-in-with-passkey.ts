// Logs in with a passkey, without a username or a password. It counts as both factors: the device, and the PIN or
// biometrics that it asked for.
import {
  generateAuthenticationOptions,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server'
import type { Secret } from '../../support/secret.ts'
import type { AccountParts } from '../account-parts.ts'
import type { Client } from '../client.ts'
import { holdAccount } from '../own-account/account-store.ts'
import { startSignedIn } from '../signing-in/enter-account.ts'
import type { SignedIn } from '../sessions/start-session.ts'
import type { PasskeyGiven } from './add-passkey.ts'
import { askToSign, challengeLifetimeMs, takeChallenge } from './challenges.ts'
import type { RelyingParty } from './relying-party.ts'
import { readAuthentication } from './responses.ts'
import { useSignature, verifySignature } from './verify-signature.ts'

export type SignatureAsked =
  | {
      readonly kind: 'asked'
      readonly options: PublicKeyCredentialRequestOptionsJSON
      readonly cookie: Secret
    }
  | { readonly kind: 'too-many'; readonly retryAt: number }

/** `locked`: an operator has locked the account of a passkey that is right. */
export type PasskeySignIn = SignedIn | { readonly kind: 'refused' | 'expired' | 'locked' }

/** Asks for a signature by any passkey that the browser knows for this host. */
export async function askForSignIn(
  parts: AccountParts,
  { id }: RelyingParty,
  client: Client,
): Promise<SignatureAsked> {
  const admission = await parts.limits.admitChallenge(client.address)
  if (admission.kind === 'too-many') return admission
  const { challenge, cookie } = await askToSign(parts, 'sign-in', undefined)
  const options = await generateAuthenticationOptions({
    rpID: id,
    challenge,
    timeout: challengeLifetimeMs,
    userVerification: 'required',
  })
  return { kind: 'asked', options, cookie }
}

export async function signInWithPasskey(
  parts: AccountParts,
  relyingParty: RelyingParty,
  given: PasskeyGiven,
  client: Client,
): Promise<PasskeySignIn> {
  const { database, logger } = parts
  const asked = { cookie: given.cookie, session: undefined }
  const challenge = await takeChallenge(parts, database.db, 'sign-in', asked)
  if (challenge === undefined) return { kind: 'expired' }
  const response = readAuthentication(given.response)
  const signed = response && (await verifySignature(parts, { relyingParty, response, challenge }))
  if (signed === undefined) {
    logger.warn('accounts.passkey-refused', { address: client.address })
    return { kind: 'refused' }
  }
  const { accountId } = signed.passkey
  const outcome = await database.transaction(async (db): Promise<PasskeySignIn> => {
    const account = await holdAccount(db, accountId)
    if (account === undefined) return { kind: 'refused' }
    if (!(await useSignature(parts, db, signed, client))) return { kind: 'refused' }
    if (account.lockedAt !== undefined) return { kind: 'locked' }
    return await startSignedIn(parts, db, account, client, 'passkey')
  })
  if (outcome.kind === 'signed-in') logger.info('accounts.signed-in', { accountId })
  return outcome
}
