// Creates one in-process local Attio and all its parts.
import {
  attioRateLimits,
  createRateLimits,
  type RateLimitSettings,
} from './api/access/rate-limits.ts'
import { createClock, type TimeSource } from './clock.ts'
import {
  issueAccessToken,
  registerApp,
  type ClientCredentials,
  type Grant,
} from './control/apps.ts'
import { readAddressRanges } from './guard/address-ranges.ts'
import type { AppRegistration } from './control/registration.ts'
import { createControl, type Control } from './control/control.ts'
import { createFaults } from './faults/faults.ts'
import { createJournal } from './journal/journal.ts'
import { createRandomIds, type Ids } from './ids.ts'
import { createInProcessFetch } from './in-process-fetch.ts'
import type { Parts, Shapes } from './parts.ts'
import { sow, type Seed } from './seed/seed.ts'
import { createServer, type Server } from './server.ts'
import { startWebhookDelivery } from './webhooks/delivery.ts'
import type { Deliver } from './webhooks/sending/post.ts'
import { openDataFile, type DataFile } from './world/data-file.ts'
import { World } from './world/world.ts'

export type LocalAttioOptions = {
  /** The initial world. Default: "standard". */
  readonly seed?: Seed
  /** Apps registered at the start. Those with given client ids are registered again after a reset. */
  readonly apps?: readonly AppRegistration[]
  /** Its origin. Default: http://localhost:3060 */
  readonly origin?: string
  /** The file that stores the world across restarts; created when absent. Default: memory only. */
  readonly data?: string
  /** The source of time. Default: the system's. */
  readonly clock?: TimeSource
  /** The source of ids and secrets. Default: random. */
  readonly ids?: Ids
  /** Requests per second and app. Default: Attio's 100 reads and 25 writes; false for none. */
  readonly rateLimits?: Partial<RateLimitSettings> | false
  /** Sends webhooks to their targets. Default: the global `fetch`. */
  readonly deliver?: Deliver
  /**
   * Checks every answer of the API against its operation's schema; a mismatch becomes a 500 that is not
   * Attio's. For tests. Default: false.
   */
  readonly checkAnswers?: boolean
  /**
   * Which source has precedence where recordings of the real Attio and its document disagree. Clients
   * generated from the document may need "documented". Default: "seen".
   */
  readonly shapes?: Shapes
  /**
   * Refuses unknown members of every body. Default: false, as in Attio, which allows them in most bodies;
   * the journal lists the ignored ones.
   */
  readonly strict?: boolean
  /**
   * Additional host names, such as "local-attio" in Docker, for which requests are answered. Always
   * answered: names and addresses of this machine, IP addresses, and the origin's name.
   */
  readonly allowedHosts?: readonly string[]
  /**
   * Additional callers that may use the control API, as addresses or ranges such as "172.16.0.0/12".
   * Default: only this machine.
   */
  readonly allowControlFrom?: readonly string[]
}

export type LocalAttio = {
  /** Without a slash at the end. */
  readonly origin: string
  /**
   * The whole server, without a socket. Fails like the global `fetch` (a broken connection is a
   * TypeError, an aborted signal rejects with its reason), but never follows a redirect.
   */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>
  readonly control: Control
  /** Registers the app of that name, or updates it; the same name keeps its credentials. */
  registerApp(registration: AppRegistration): ClientCredentials
  /** Issues a token as consent and exchange would. */
  issueAccessToken(grant: Grant): string
  /** Stops timers and closes the data file. */
  close(): void
}

export type Built = { readonly attio: LocalAttio; readonly server: Server; readonly parts: Parts }

/**
 * Creates an in-process Attio with its own state, one per test.
 *
 * @example
 * const attio = createLocalAttio({ seed: { tasks: 500 } })
 * const { clientId } = attio.registerApp({ name: 'Mine', redirectUris: ['http://localhost/cb'], scopes: ['task:read'] })
 * const token = attio.issueAccessToken({ clientId, memberEmail: 'ada@acme.example', workspace: 'acme' })
 * const answer = await attio.fetch(`${attio.origin}/v2/self`, { headers: { authorization: `Bearer ${token}` } })
 */
export function createLocalAttio(options: LocalAttioOptions = {}): LocalAttio {
  return buildLocalAttio(options).attio
}

export function buildLocalAttio(options: LocalAttioOptions): Built {
  const clock = createClock(options.clock)
  const seed = options.seed ?? 'standard'
  const world = new World()
  const { dataFile, seededAt } = furnish(world, seed, options.data, clock.now())
  const ids = options.ids ?? createRandomIds()
  const deliver = options.deliver ?? ((url, init) => fetch(url, init))
  const { webhooks, close } = startWebhookDelivery({ world, clock, ids, deliver })
  const parts: Parts = {
    world,
    clock,
    ids,
    faults: createFaults(clock),
    journal: createJournal(),
    rateLimits: createRateLimits(
      options.rateLimits === false ? false : { ...attioRateLimits, ...options.rateLimits },
    ),
    webhooks,
    fixedApps: new Map(),
    settings: {
      origin: options.origin ?? 'http://localhost:3060',
      checkAnswers: options.checkAnswers ?? false,
      shapes: options.shapes ?? 'seen',
      isStrict: options.strict ?? false,
      allowedHosts: options.allowedHosts ?? [],
      allowControlFrom: readAddressRanges(options.allowControlFrom ?? []),
    },
  }
  for (const app of options.apps ?? []) registerApp(parts, app)
  const control = createControl(parts, { seed, at: seededAt })
  const server = createServer(parts, control)
  const attio: LocalAttio = {
    get origin() {
      return parts.settings.origin
    },
    fetch: createInProcessFetch(server),
    control,
    registerApp: (registration) => registerApp(parts, registration),
    issueAccessToken: (grant) => issueAccessToken(parts, grant),
    close: () => {
      close()
      clock.close()
      dataFile?.close()
    },
  }
  return { attio, server, parts }
}

/** Fills the world from the data file, or from the seed when the file is new. */
function furnish(
  world: World,
  seed: Seed,
  path: string | undefined,
  now: number,
): { dataFile: DataFile | undefined; seededAt: number } {
  if (path === undefined) {
    sow(world, seed, now)
    return { dataFile: undefined, seededAt: now }
  }
  const dataFile = openDataFile(path)
  const seededAt = Number(dataFile.note('seededAt') ?? now)
  if (dataFile.isNew) {
    world.storeIn(dataFile)
    sow(world, seed, now)
    dataFile.setNote('seededAt', String(now))
  } else {
    dataFile.load(world)
    world.storeIn(dataFile)
  }
  return { dataFile, seededAt }
}
