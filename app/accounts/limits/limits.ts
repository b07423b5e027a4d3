// Rate limits (decision 0013). Before every password hash, attempts are counted per network, for all clients combined,
// and per account with growing waits. Everything else that costs is counted per network, account or email address.

import type { Clock } from '../../support/clock.ts'
import type { Database } from '../../database/open-database.ts'
import { createTake } from './admission.ts'
import { createCounters } from './counters.ts'
import { createExemptNetworks } from './exempt-networks.ts'
import { limitRules, type LimitRules } from './limit-rules.ts'
import { createPasswordLimits, type PasswordLimits } from './password-limits.ts'
import { createRequestLimits, type RequestLimits } from './request-limits.ts'

export type { Admission } from './admission.ts'

export type Limits = PasswordLimits & RequestLimits

export type LimitSettings = {
  readonly rules?: Partial<LimitRules>
  /** Addresses and ranges that are not counted by network. */
  readonly exemptNetworks?: readonly string[]
}

export type LimitsOptions = LimitSettings & {
  readonly database: Database
  readonly clock: Clock
}

export function createLimits(options: LimitsOptions): Limits {
  const { database, clock, exemptNetworks = [] } = options
  const parts = {
    ...createCounters(database),
    take: createTake(clock),
    isExempt: createExemptNetworks(exemptNetworks),
    rules: { ...limitRules, ...options.rules },
  }
  return { ...createPasswordLimits(parts), ...createRequestLimits(parts) }
}
