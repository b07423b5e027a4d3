// A connection's webhook at Attio, as its table stores it.
import type { Selectable } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import type { AccountId, ConnectionId } from '../../support/ids.ts'

export interface WebhookRow {
  readonly accountId: AccountId
  readonly connectionId: ConnectionId
  readonly keyHash: string | undefined
  readonly webhookId: string | undefined
  readonly sealedSecret: string | undefined
  readonly status: WebhookStatus
  readonly problem: WebhookProblem | undefined
  readonly failures: number
  readonly madeAt: number | undefined
  readonly leasedUntil: number
}

/** `creating`: Attio was asked and its answer is not stored. `active`: the webhook's secret is stored. */
export type WebhookStatus = Tables['webhooks']['status']

export type WebhookProblem = (typeof problems)[number]

const problems = [
  'no-address',
  'missing-scope',
  'needs-reconnect',
  'unreachable',
  'refused',
] as const

export function webhookFrom(row: Selectable<Tables['webhooks']>): WebhookRow {
  return {
    accountId: row.account_id,
    connectionId: row.connection_id,
    keyHash: row.key_hash ?? undefined,
    webhookId: row.webhook_id ?? undefined,
    sealedSecret: row.sealed_secret ?? undefined,
    status: row.status,
    problem: problems.find((problem) => problem === row.problem),
    failures: row.failures,
    madeAt: row.made_at ?? undefined,
    leasedUntil: row.leased_until,
  }
}
