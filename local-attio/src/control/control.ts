// The control of a local Attio, for tests and for its own pages.
import type { RateLimits } from '../api/access/rate-limits.ts'
import type { Clock } from '../clock.ts'
import { decide, type Decision } from '../authorization/decide.ts'
import { parseRawQuery } from '../authorization/raw-query.ts'
import type { Parts } from '../parts.ts'
import { activateObject } from '../seed/activate-object.ts'
import type { OptionalObject } from '../seed/optional-objects.ts'
import { sow, type Seed } from '../seed/seed.ts'
import type { Actor } from '../world/entities.ts'
import type { World, WorldState } from '../world/world.ts'
import { actAs, getWorkspace, type ActingMember, type Whom } from './acting-member.ts'
import { registerFixedApps, removeApp, setAppScopes } from './apps.ts'
import type { Faults } from '../faults/faults.ts'
import type { Journal } from '../journal/journal.ts'
import type { WebhookDelivery } from '../webhooks/delivery.ts'

export type Control = {
  readonly clock: Clock
  readonly faults: Faults
  readonly journal: Journal
  readonly rateLimits: RateLimits
  /** Deliveries, their faults, and waiting for them. */
  readonly webhooks: WebhookDelivery
  /** The memory itself, for reading. Edit it only inside `world.transact`. */
  readonly world: World
  /** Returns a member of a workspace who edits tasks. */
  as(whom: Whom): ActingMember
  /**
   * Allows or denies an app as a person, without a browser. Returns the address that the browser is sent
   * to; throws when the page would have shown an error.
   */
  consent(consent: Consent): URL
  /** Ends every token of an app in a workspace, as an admin there can. */
  removeApp(clientId: string, workspace: string): void
  setAppScopes(clientId: string, scopes: readonly string[]): void
  /** Switches on a standard object in a workspace (slug or id), as an admin there can. */
  activateObject(workspace: string, slug: OptionalObject): void
  /**
   * Goes back to the first seed, or to another. Tokens, sessions and apps are gone, except apps with given
   * client ids; clock and faults stay.
   */
  reset(seed?: Seed): void
  /** The whole world, to be kept in a file and given as a seed again. */
  save(): WorldState
}

export type Consent = {
  /** The address that the app sent the browser to. */
  readonly url: string | URL
  /** An e-mail address. */
  readonly person: string
  /** Slug or id. */
  readonly workspace: string
  /** Default: "allow". */
  readonly decision?: Decision
}

export function createControl(parts: Parts, beginning: { seed: Seed; at: number }): Control {
  const { world, clock, faults, journal, rateLimits, webhooks } = parts
  return {
    clock,
    faults,
    journal,
    rateLimits,
    webhooks,
    world,
    as: (whom) => actAs(parts, whom),
    consent: (consent) => consentTo(parts, consent),
    removeApp: (clientId, workspace) => removeApp(world, clientId, workspace),
    setAppScopes: (clientId, scopes) => setAppScopes(world, clientId, scopes),
    activateObject: (workspace, slug) => {
      const activation = { world, ids: parts.ids, now: clock.now(), actor: systemActor }
      activateObject({ ...activation, workspaceId: getWorkspace(world, workspace).id }, slug)
    },
    reset: (seed) => {
      world.transact(() => {
        sow(world, seed ?? beginning.seed, beginning.at)
        registerFixedApps(parts)
      })
    },
    save: () => world.save(),
  }
}

const systemActor: Actor = { type: 'system', id: null }

function consentTo(parts: Parts, { url, person, workspace, decision = 'allow' }: Consent): URL {
  const { world } = parts
  const query = parseRawQuery(new URL(url).search)
  const decided = decide(
    parts,
    {
      world,
      query,
      person: world.people.find((one) => one.emailAddress === person),
      workspaceId: getWorkspace(world, workspace).id,
    },
    decision,
  )
  switch (decided.kind) {
    case 'sent-back':
      return new URL(decided.location)
    case 'sign-in':
      throw new Error(`There is no person ${person}.`)
    case 'page':
      throw new Error(`${decided.title}: ${decided.text}`)
  }
}
