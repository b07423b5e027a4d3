// The secrets that sign deliveries: sealed like access tokens, and sealed again when keys are rotated.
import type { SealedColumn } from '../connections/sealed-column.ts'
import { SealError, type SealErrorCode } from '../connections/seal.ts'
import { Secret } from '../support/secret.ts'
import type { Owner, WebhookParts } from './webhook-parts.ts'
import {
  countWebhooksSealedWith,
  listWebhooksNotSealedWith,
  replaceSealedSecret,
  type WebhookRow,
} from './webhook-store.ts'

export function sealSecret(
  { sealer }: Pick<WebhookParts, 'sealer'>,
  owner: Owner,
  secret: string,
): string {
  return sealer.seal(placeOf(owner), new Secret(secret))
}

/** Undefined when there is none; a code when there is one and it does not open. */
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

export const webhookSecrets: SealedColumn = {
  listNotSealedWith: async (db, keyId, page) =>
    (await listWebhooksNotSealedWith(db, keyId, page)).flatMap((row) =>
      row.sealedSecret === undefined ? [] : [{ place: placeOf(row), sealed: row.sealedSecret }],
    ),
  countSealedWith: countWebhooksSealedWith,
  replace: (db, { place, sealed }, again) =>
    replaceSealedSecret(db, place.rowId, { from: sealed, to: again }),
}

function placeOf({ accountId, connectionId }: Owner) {
  return { field: 'attio.webhook_secret', accountId, rowId: connectionId } as const
}
