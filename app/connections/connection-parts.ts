// The dependencies of this folder's functions, built once in compose.ts.
import type { SharedBackOff } from '@taskr/attio'
import type { Accounts } from '../accounts/accounts.ts'
import type { Database } from '../database/open-database.ts'
import type { Live } from '../live/live.ts'
import type { Clock } from '../support/clock.ts'
import type { Ids } from '../support/ids.ts'
import type { Logger } from '../support/logger.ts'
import type { RandomBytes } from '../support/random.ts'
import type { Secret } from '../support/secret.ts'
import type { ConnectLimits } from './connecting/connect-limits.ts'
import type { Sealer } from './keys/seal.ts'
import type { RateLimiter } from './calling/rate-limiter.ts'
import type { WebhookSteps } from './webhook-steps.ts'

export interface ConnectionParts {
  readonly database: Database
  readonly accounts: Pick<Accounts, 'recordEvent' | 'listExisting'>
  readonly limits: ConnectLimits
  readonly webhookSteps: WebhookSteps
  readonly attio: AttioApp
  readonly sealer: Sealer
  readonly clock: Clock
  readonly ids: Ids
  readonly randomBytes: RandomBytes
  readonly fetch: typeof globalThis.fetch
  readonly logger: Logger
  readonly live: Pick<Live, 'changed'>
  /** Milliseconds for one call to Attio; the client's own limit when absent. */
  readonly attioDeadlineMs?: number | undefined
  /** Pauses a connection's calls after a 429; its circuit breaker is shared by all. */
  readonly sharedBackOff: SharedBackOff
  /** Queues calls before Attio has to refuse any. */
  readonly rateLimiter: RateLimiter
}

/** Taskr as Attio knows it: the app that was created in the developer dashboard. */
export interface AttioApp {
  readonly clientId: string
  readonly clientSecret: Secret
  /** Origins: `app` has the consent page and token endpoints, `api` the REST API. */
  readonly endpoints: { readonly app: string; readonly api: string }
  readonly redirectUri: string
}
