// Holds a fresh access token in the revocation table until its connection is stored. After a crash, a refusal or a
// "Wrong workspace?", Attio is asked to revoke it.
import {
  asConnectionId,
  asRevocationId,
  type AccountId,
  type RevocationId,
} from '../../support/ids.ts'
import type { Secret } from '../../support/secret.ts'
import type { ConnectionParts } from '../connection-parts.ts'
import { addRevocation } from '../ending/revocation-store.ts'
import { findHeldToken, giveUpHeldToken } from '../ending/held-token-store.ts'
import { revokeAtAttio, revokeDueTokens } from '../ending/revoke-tokens.ts'

/** How long a token waits for its connection, or for a person's decision. */
const heldMs = 10 * 60_000

export async function holdToken(
  parts: ConnectionParts,
  accountId: AccountId,
  token: Secret,
  signal: AbortSignal,
): Promise<RevocationId> {
  try {
    return await hold(parts, accountId, token)
  } catch (error) {
    // A token that cannot be stored must be revoked now: nothing would record that it exists.
    await revokeAtAttio(parts, token, signal)
    throw error
  }
}

async function hold(
  parts: ConnectionParts,
  accountId: AccountId,
  token: Secret,
): Promise<RevocationId> {
  const held = asRevocationId(parts.ids())
  const now = parts.clock.now()
  await addRevocation(parts.database.db, accountId, {
    accountId,
    revocationId: held,
    connectionId: asConnectionId(parts.ids()),
    workspaceName: '',
    sealedAccessToken: parts.sealer.seal(placeOf(accountId, held), token),
    status: 'held',
    attempts: 0,
    lastAnswer: undefined,
    nextAttemptAt: now + heldMs,
    createdAt: now,
    finishedAt: undefined,
    webhook: undefined,
  })
  return held
}

export async function openHeldToken(
  parts: ConnectionParts,
  accountId: AccountId,
  held: RevocationId,
): Promise<Secret | undefined> {
  const row = await findHeldToken(parts.database.db, accountId, held)
  if (row?.sealedAccessToken === undefined) return undefined
  return parts.sealer.open(placeOf(accountId, held), row.sealedAccessToken)
}

/** Revokes an unwanted token at Attio, now or as soon as Attio answers. */
export async function dropHeldToken(
  parts: ConnectionParts,
  accountId: AccountId,
  dropped: {
    readonly held: RevocationId
    readonly workspaceName?: string
    readonly signal: AbortSignal
  },
): Promise<void> {
  const { held: revocationId, signal, ...rest } = dropped
  await giveUpHeldToken(parts.database.db, accountId, {
    revocationId,
    at: parts.clock.now(),
    ...rest,
  })
  await revokeDueTokens(parts, { only: revocationId, signal })
}

function placeOf(accountId: AccountId, held: RevocationId) {
  return { field: 'attio.access_token', accountId, rowId: held } as const
}
