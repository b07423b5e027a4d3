// The secrets that sign deliveries: sealed like access tokens, and sealed again on key rotation.
import { importWebhookSecret } from '@taskr/attio'
import type { OwnerStep, SealedColumn } from '../../connections/connections.ts'
import { SealError, type SealErrorCode } from '../../connections/connections.ts'
import { Secret } from '../../support/secret.ts'
import { moveRefetchRequests } from '../refetching/refetch-request-store.ts'
import type { Owner, WebhookParts } from '../webhook-parts.ts'
import {
  countWebhooksSealedWith,
  listWebhooksNotSealedWith,
  replaceSealedSecret,
} from './sealed-webhook-store.ts'
import { listWebhooks, moveWebhookRow } from './webhook-store.ts'
import type { WebhookRow } from './webhook-row.ts'

export function sealSecret(
  { sealer }: Pick<WebhookParts, 'sealer'>,
  owner: Owner,
  secret: string,
): string {
  return sealer.seal(placeOf(owner), new Secret(secret))
}

/** Returns undefined when there is no secret, and a code when it does not open. */
export function openSecret(
  { sealer, logger }: Pick<WebhookParts, 'sealer' | 'logger'>,
  row: WebhookRow,
): Secret | SealErrorCode | undefined {
  if (row.sealedSecret === undefined) return undefined
  try {
    return sealer.open(placeOf(row), row.sealedSecret)
  } catch (error) {
    if (!(error instanceof SealError)) throw error
    logger.error('webhooks.unreadable', { connectionId: row.connectionId, error })
    return error.code
  }
}

/** Returns a secret as a key that verifies but cannot be read, or why there is none, as `openSecret` does. */
export type VerifyingKeys = (row: WebhookRow) => Promise<CryptoKey | SealErrorCode | undefined>

const keptKeys = 1_000

/** Caches the keys of recently delivering webhooks, each for as long as its sealed secret is the same. */
export function createVerifyingKeys(parts: Pick<WebhookParts, 'sealer' | 'logger'>): VerifyingKeys {
  const kept = new Map<string, CryptoKey>()
  return async (row) => {
    // The place is part of the cache key: a secret moved to another row must not open.
    const name = [row.accountId, row.connectionId, row.sealedSecret].join(' ')
    const known = kept.get(name)
    if (known !== undefined) return known
    const secret = openSecret(parts, row)
    if (secret === undefined || typeof secret === 'string') return secret
    const key = await importWebhookSecret(secret.reveal())
    kept.set(name, key)
    const [oldest] = kept.keys()
    if (kept.size > keptKeys && oldest !== undefined) kept.delete(oldest)
    return key
  }
}

export const webhookSecrets: SealedColumn = {
  listNotSealedWith: async (db, keyId, page) =>
    (await listWebhooksNotSealedWith(db, keyId, page)).flatMap((row) =>
      row.sealedSecret === undefined ? [] : [{ place: placeOf(row), sealed: row.sealedSecret }],
    ),
  countSealedWith: countWebhooksSealedWith,
  replace: (db, { place, sealed }, again) =>
    replaceSealedSecret(db, place.rowId, { from: sealed, to: again }),
}

/** Gives a connection's webhook to another owner, with its secret sealed for its new place. */
export function createWebhookMove(parts: Pick<WebhookParts, 'sealer' | 'logger'>): OwnerStep {
  return async (db, connectionId, { to }) => {
    const [row] = await listWebhooks(db, [connectionId])
    const secret = row && openSecret(parts, row)
    // A secret that does not open here makes the next check create the webhook again.
    const sealedSecret =
      secret instanceof Secret
        ? parts.sealer.seal(placeOf({ accountId: to, connectionId }), secret)
        : undefined
    await moveWebhookRow(db, connectionId, { to, sealedSecret })
    await moveRefetchRequests(db, connectionId, to)
  }
}

function placeOf({ accountId, connectionId }: Owner) {
  return { field: 'attio.webhook_secret', accountId, rowId: connectionId } as const
}
