// Adds a passkey to an account: discoverable, so that it logs in without a username, and with its person verified.
import {
  generateRegistrationOptions,
  verifyRegistrationResponse,
  type PublicKeyCredentialCreationOptionsJSON,
  type VerifiedRegistrationResponse,
} from '@simplewebauthn/server'
import { asPasskeyId } from '../../support/ids.ts'
import { browserInWords } from '../../support/browser-in-words.ts'
import type { Secret } from '../../support/secret.ts'
import type { AccountParts } from '../account-parts.ts'
import { describeClient, recordEvent } from '../audit/record-event.ts'
import type { Client } from '../client.ts'
import { holdForSession } from '../sessions/hold-for-session.ts'
import type { Session } from '../sessions/session.ts'
import { askToSign, challengeLifetimeMs, takeChallenge } from './challenges.ts'
import { readPasskeyName } from './passkey-name.ts'
import { addPasskey, listPasskeys } from './passkey-store.ts'
import type { RelyingParty } from './relying-party.ts'
import { readRegistration } from './responses.ts'

export const mostPasskeys = 20
/** EdDSA, ES256 and RS256 (RFC 9053): what authenticators in use know. */
const algorithms = [-8, -7, -257]

export type CreationAsked =
  | {
      readonly kind: 'asked'
      readonly options: PublicKeyCredentialCreationOptionsJSON
      readonly cookie: Secret
    }
  | { readonly kind: 'too-many-passkeys' }

export type PasskeyAdded =
  | { readonly kind: 'added'; readonly name: string }
  | { readonly kind: 'refused' | 'expired' | 'too-many-passkeys' }

export type PasskeyGiven = {
  /** The browser's response, as JSON. */
  readonly response: string
  /** The secret of the challenge. */
  readonly cookie: string
}

/** Asks the browser to create a passkey, and not on an authenticator that has one already. */
export async function askForPasskey(
  parts: AccountParts,
  { id }: RelyingParty,
  session: Session,
): Promise<CreationAsked> {
  const { accountId, username } = session
  const present = await listPasskeys(parts.database.db, accountId)
  if (present.length >= mostPasskeys) return { kind: 'too-many-passkeys' }
  const { challenge, cookie } = await askToSign(parts, 'add', session)
  const options = await generateRegistrationOptions({
    rpName: 'Taskr',
    rpID: id,
    userName: username,
    userDisplayName: username,
    userID: new Uint8Array(Buffer.from(accountId, 'utf8')),
    challenge,
    timeout: challengeLifetimeMs,
    attestationType: 'none',
    supportedAlgorithmIDs: algorithms,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    excludeCredentials: present.map(({ credentialId, transports }) => ({
      id: credentialId,
      transports: [...transports],
    })),
  })
  return { kind: 'asked', options, cookie }
}

export async function addNewPasskey(
  parts: AccountParts,
  relyingParty: RelyingParty,
  session: Session,
  given: PasskeyGiven & { readonly name: string },
  client: Client,
): Promise<PasskeyAdded> {
  const { clock, database, ids } = parts
  const { accountId } = session
  const response = readRegistration(given.response)
  const challenge = await takeChallenge(parts, database.db, 'add', { ...given, session })
  if (challenge === undefined) return { kind: 'expired' }
  const verified = response && (await verify(parts, relyingParty, response, challenge))
  if (response === undefined || verified?.verified !== true) return { kind: 'refused' }
  const { credential, credentialBackedUp } = verified.registrationInfo
  const name = readPasskeyName(given.name) ?? browserInWords(client.userAgent)
  return await database.transaction(async (db): Promise<PasskeyAdded> => {
    const account = await holdForSession(db, session)
    if (account === undefined) return { kind: 'expired' }
    if ((await listPasskeys(db, accountId)).length >= mostPasskeys) {
      return { kind: 'too-many-passkeys' }
    }
    const added = await addPasskey(db, account, {
      passkeyId: asPasskeyId(ids()),
      credentialId: credential.id,
      publicKey: Buffer.from(credential.publicKey).toString('base64url'),
      counter: credential.counter,
      transports: response.response.transports ?? [],
      name,
      isSynced: credentialBackedUp,
      createdAt: clock.now(),
      lastUsedAt: undefined,
    })
    if (!added) return { kind: 'refused' }
    const details = { passkey: name, ...describeClient(client) }
    await recordEvent(parts, db, accountId, { kind: 'passkey-added', details })
    return { kind: 'added', name }
  })
}

async function verify(
  { logger }: AccountParts,
  { id, origin }: RelyingParty,
  response: NonNullable<ReturnType<typeof readRegistration>>,
  challenge: string,
): Promise<VerifiedRegistrationResponse | undefined> {
  try {
    return await verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: id,
      requireUserVerification: true,
      supportedAlgorithmIDs: algorithms,
    })
  } catch (error) {
    // The library throws for every response that does not fit.
    const reason = error instanceof Error ? error.message.slice(0, 200) : ''
    logger.info('accounts.passkey-unfit', { reason })
    return undefined
  }
}
