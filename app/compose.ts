// Builds Taskr from its parts. Reads nothing from the environment and opens no port.
import {
  countLogged,
  createServices,
  openFoundation,
  servedMetrics,
  serves,
  startHousekeeping,
  startWorking,
  type Services,
  type Surroundings,
} from './composing/composing.ts'
import type { Config } from './config/config.ts'
import { bundleAssets } from './web/assets/bundle-assets.ts'
import {
  createWebApp,
  paths,
  readCodeVersion,
  type BeginStraight,
  type BegunRequest,
} from './web/web-app.ts'

export { StartError, type Surroundings } from './composing/composing.ts'
export type { BegunRequest, StraightAnswer } from './web/web-app.ts'

/** The addresses that a worker serves, too. */
const operatorPaths = [paths.healthz, paths.readyz, paths.metrics]

export interface Taskr {
  /** The paths of the health checks, which need no Host. */
  readonly healthChecks: readonly string[]
  /** The parts, for code that runs Taskr in its own process. */
  readonly parts: Pick<
    Services,
    | 'accounts'
    | 'changes'
    | 'connections'
    | 'mail'
    | 'mirror'
    | 'seats'
    | 'sync'
    | 'tasks'
    | 'webhooks'
  >
  /** Answers a request. */
  readonly fetch: (
    request: Request,
    /** The socket's, for rate limits. */
    remoteAddress?: string,
    begun?: BegunRequest,
  ) => Promise<Response>
  /** Answers with a page that is kept already; any other request is for `fetch`. */
  readonly beginStraight: BeginStraight
  /** Starts what every node repeats, web nodes included. */
  readonly startHousekeeping: () => void
  /** Starts the background work. */
  readonly startWorking: () => void
  /** Resolves when no background work is under way. */
  readonly idle: () => Promise<void>
  /** Reports not ready from now on, so that load balancers send no more requests, and ends open event streams. */
  readonly beginStopping: () => Promise<void>
  /** Ends background work and closes the database. */
  readonly stop: () => Promise<void>
}

export async function composeTaskr(config: Config, given: Surroundings): Promise<Taskr> {
  const { metrics, surroundings } = countLogged(config, given)
  const foundation = await openFoundation(config, surroundings)
  const { clock, database, ids, logger, randomBytes, tracing } = foundation
  const services = await createServices(config, surroundings, foundation)
  const { background, live, ...parts } = services
  let isStopping = false
  const web = createWebApp({
    ...parts,
    live,
    clock,
    ids,
    logger,
    tracing,
    randomBytes,
    assets: surroundings.assets ?? (await bundleAssets()),
    codeVersion: readCodeVersion(),
    // A query of SQLite does not wait, so a second page could only be begun before the first is done.
    rendersAtOnce: database.engine === 'sqlite' ? 1 : 8,
    site: siteOf(config),
    metrics: servedMetrics(config, metrics, services),
    isOutage: database.isOutage,
    isReady: async () =>
      !isStopping && surroundings.isLate?.() !== true && (await database.isReady()),
  })
  const beginStopping = async (): Promise<void> => {
    isStopping = true
    live.stopListening()
  }
  return {
    healthChecks: [paths.healthz, paths.readyz],
    parts,
    fetch: async (request, remoteAddress, begun) => {
      if (!serves(config.role, new URL(request.url).pathname, operatorPaths)) {
        return new Response(null, { status: 404, headers: { 'cache-control': 'no-store' } })
      }
      return await web.fetch(request, {
        ...(remoteAddress === undefined ? {} : { remoteAddress }),
        ...(begun === undefined ? {} : { begun }),
      })
    },
    beginStraight: (request) =>
      serves(config.role, paths.home, operatorPaths) ? web.beginStraight(request) : undefined,
    startHousekeeping: () => startHousekeeping(foundation, services),
    startWorking: () => startWorking(config, foundation, services),
    idle: background.idle,
    beginStopping,
    stop: async () => {
      await beginStopping()
      await background.stop()
      await parts.accounts.writeLastSeen()
      await live.close()
      await database.close()
      await tracing.stop()
    },
  }
}

function siteOf(config: Config): Parameters<typeof createWebApp>[0]['site'] {
  return {
    publicUrl: config.publicUrl,
    attioOrigin: config.attio.endpoints.app,
    signOnOrigin: config.singleSignOn?.issuer.origin,
    trustedProxies: config.trustedProxies,
    hstsIncludesSubDomains: config.hstsIncludesSubDomains,
    securityContact: config.securityContact,
  }
}
