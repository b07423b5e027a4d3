// The revocation of an access token at Attio, as a receipt and as work to do.
import type { Tables } from '../../database/tables.ts'
import type { AccountId, ConnectionId, RevocationId } from '../../support/ids.ts'

export type RevocationStatus = Tables['revocations']['status']

export interface Revocation {
  readonly accountId: AccountId
  readonly revocationId: RevocationId
  readonly connectionId: ConnectionId
  readonly workspaceName: string
  readonly status: RevocationStatus
  readonly attempts: number
  /** Attio's latest answer, as a code of Taskr's. */
  readonly lastAnswer: string | undefined
  readonly nextAttemptAt: number
  readonly createdAt: number
  readonly finishedAt: number | undefined
  readonly webhook: RevocationWebhook | undefined
}

/** The webhook of an ended connection, removed before the token that can remove it is revoked. */
export interface RevocationWebhook {
  readonly webhookId: string | undefined
  /** The key's hash, for a webhook whose id is unknown because Attio was being asked to make it. */
  readonly keyHash: string | undefined
  /** `left`: Taskr could not remove it, and has stopped trying. */
  readonly status: 'pending' | 'removed' | 'left'
  readonly attempts: number
  readonly lastAnswer: string | undefined
}

export interface SealedRevocation extends Revocation {
  /** Undefined once the token is revoked. */
  readonly sealedAccessToken: string | undefined
}

/** Removes the sealed token: a narrower type alone would leave it in the object, and so in an export. */
export function revocationWithoutToken(sealed: SealedRevocation): Revocation {
  const { sealedAccessToken: _sealedAccessToken, webhook, ...revocation } = sealed
  // The hash of the webhook's key stays private, too.
  return { ...revocation, webhook: webhook && { ...webhook, keyHash: undefined } }
}
