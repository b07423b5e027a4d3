// The parts of one local Attio. Each part of the server receives only this.
import type { Clock } from './clock.ts'
import type { AddressRanges } from './guard/address-ranges.ts'
import type { AppRegistration } from './control/registration.ts'
import type { Faults } from './faults/faults.ts'
import type { Journal } from './journal/journal.ts'
import type { Ids } from './ids.ts'
import type { RateLimits } from './api/access/rate-limits.ts'
import type { WebhookDelivery } from './webhooks/delivery.ts'
import type { World } from './world/world.ts'

export type Parts = {
  readonly world: World
  readonly clock: Clock
  readonly ids: Ids
  readonly faults: Faults
  readonly journal: Journal
  readonly rateLimits: RateLimits
  readonly webhooks: WebhookDelivery
  readonly settings: Settings
  /** Apps with given client ids, which are registered again after a reset. */
  readonly fixedApps: Map<string, AppRegistration>
}

/**
 * Which source has precedence where recordings of the real Attio and its document disagree. So far they
 * disagree only about nulls: see SUPPORTED.md.
 */
export type Shapes = 'seen' | 'documented'

export type Settings = {
  /** The origin under which people and programs reach this local Attio, without a trailing slash. */
  origin: string
  /** Host names, besides loopback's and the origin's, for which requests are answered. */
  readonly allowedHosts: readonly string[]
  /** Callers, besides this machine, that may use the control API. */
  readonly allowControlFrom: AddressRanges
  /** True when every answer of the API is checked against its schema. */
  readonly checkAnswers: boolean
  readonly shapes: Shapes
  /** True when unknown members of a body are refused where Attio ignores them. */
  readonly isStrict: boolean
}
