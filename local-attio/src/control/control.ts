// The control of a local Attio, for tests and for its own pages.
import type { RateLimits } from '../api/access/rate-limits.ts'
import type { Clock } from '../clock.ts'
import { decide, type Decision } from '../authorization/decide.ts'
import { parseRawQuery } from '../authorization/raw-query.ts'
import type { Parts } from '../parts.ts'
import { activateObject } from '../seed/activate-object.ts'
import type { OptionalObject } from '../seed/schema/optional-objects.ts'
import { sow, type Seed } from '../seed/seed.ts'
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
  /** Webhook deliveries and their faults. */
  readonly webhooks: WebhookDelivery
  /** The world, for reading. Edit it only inside `world.transact`. */
  readonly world: World
  /** Returns a workspace member who can edit tasks. */
  as(whom: Whom): ActingMember
  /**
   * Allows or denies an app as a person, without a browser. Returns the address of the browser's redirect;
   * throws when the page would have shown an error.
   */
  consent(consent: Consent): URL
  /** Revokes every token of an app in a workspace, as an admin can. */
  removeApp(clientId: string, workspace: string): void
  setAppScopes(clientId: string, scopes: readonly string[]): void
  /** Switches on a standard object in a workspace (slug or id), as an admin can. */
  activateObject(workspace: string, slug: OptionalObject): void
  /**
   * Resets the world to its first seed, or to the given one. Tokens, sessions and apps are removed, except
   * apps with given client ids; clock and faults stay.
   */
  reset(seed?: Seed): void
  /** Returns the whole world, which can be saved in a file and used as a seed. */
  save(): WorldState
}

export type Consent = {
  /** The address of the app's authorization request, such as "http://localhost:3060/authorize?…". */
  readonly url: string | URL
  /** The person's e-mail address. */
  readonly person: string
  /** A workspace's slug or id. */
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
      const activation = { world, ids: parts.ids, now: clock.now() }
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

function consentTo(parts: Parts, { url, person, workspace, decision = 'allow' }: Consent): URL {
  const { world } = parts
  const { pathname, search } = new URL(url, parts.settings.origin)
  if (pathname !== '/authorize') throw new Error(`${url} does not lead to /authorize.`)
  const query = parseRawQuery(search)
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
