// Confirms with a passkey who the person of a session is, in place of password and code.
import { generateAuthenticationOptions } from '@simplewebauthn/server'
import type { AccountParts } from '../account-parts.ts'
import type { Client } from '../client.ts'
import { renewConfirmed, type Confirmed } from '../passwords/confirm-password.ts'
import { holdForSession } from '../sessions/hold-for-session.ts'
import type { Session } from '../sessions/session.ts'
import type { PasskeyGiven } from './add-passkey.ts'
import { askToSign, challengeLifetimeMs, takeChallenge } from './challenges.ts'
import { listPasskeys } from './passkey-store.ts'
import type { RelyingParty } from './relying-party.ts'
import { readAuthentication } from './responses.ts'
import type { SignatureAsked } from './sign-in-with-passkey.ts'
import { useSignature, verifySignature } from './verify-signature.ts'

export type PasskeyConfirmation = Confirmed | { readonly kind: 'refused' | 'expired' }

/** Asks for a signature by one of the account's own passkeys. */
export async function askForConfirmation(
  parts: AccountParts,
  { id }: RelyingParty,
  session: Session,
  client: Client,
): Promise<SignatureAsked> {
  const admission = await parts.limits.admitChallenge(client.address)
  if (admission.kind === 'too-many') return admission
  const own = await listPasskeys(parts.database.db, session.accountId)
  const { challenge, cookie } = await askToSign(parts, 'confirm', session)
  const options = await generateAuthenticationOptions({
    rpID: id,
    challenge,
    timeout: challengeLifetimeMs,
    userVerification: 'required',
    allowCredentials: own.map(({ credentialId, transports }) => ({
      id: credentialId,
      transports: [...transports],
    })),
  })
  return { kind: 'asked', options, cookie }
}

export async function confirmWithPasskey(
  parts: AccountParts,
  relyingParty: RelyingParty,
  session: Session,
  given: PasskeyGiven,
  client: Client,
): Promise<PasskeyConfirmation> {
  const { database } = parts
  const asked = { cookie: given.cookie, session }
  const challenge = await takeChallenge(parts, database.db, 'confirm', asked)
  if (challenge === undefined) return { kind: 'expired' }
  const response = readAuthentication(given.response)
  const signed = response && (await verifySignature(parts, { relyingParty, response, challenge }))
  // Another account's passkey proves nothing about this one.
  if (signed?.passkey.accountId !== session.accountId) return { kind: 'refused' }
  return await database.transaction(async (db): Promise<PasskeyConfirmation> => {
    if ((await holdForSession(db, session)) === undefined) return { kind: 'expired' }
    if (!(await useSignature(parts, db, signed, client))) return { kind: 'refused' }
    const event = { kind: 'passkey-confirmed', details: { passkey: signed.passkey.name } } as const
    return (await renewConfirmed(parts, db, session, event)) ?? { kind: 'expired' }
  })
}
