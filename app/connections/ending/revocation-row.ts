// Reads revocations from rows of their table.
import type { Selectable } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import type { RevocationWebhook, SealedRevocation } from './revocation.ts'

export function revocationFrom(row: Selectable<Tables['revocations']>): SealedRevocation {
  return {
    accountId: row.account_id,
    revocationId: row.revocation_id,
    connectionId: row.connection_id,
    workspaceName: row.workspace_name,
    sealedAccessToken: row.sealed_access_token ?? undefined,
    status: row.status,
    attempts: row.attempts,
    lastAnswer: row.last_answer ?? undefined,
    nextAttemptAt: row.next_attempt_at,
    createdAt: row.created_at,
    finishedAt: row.finished_at ?? undefined,
    webhook: webhookOf(row),
  }
}

function webhookOf(row: Selectable<Tables['revocations']>): RevocationWebhook | undefined {
  if (row.webhook_status === null) return undefined
  return {
    webhookId: row.webhook_id ?? undefined,
    keyHash: row.webhook_key_hash ?? undefined,
    status: row.webhook_status,
    attempts: row.webhook_attempts,
    lastAnswer: row.webhook_answer ?? undefined,
  }
}
