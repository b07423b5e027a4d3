// Builds Taskr from its parts. Reads nothing from the environment and opens no port.
import { createSharedBackOff } from '@taskr/attio'
import { createAccounts, createLimits, type LimitRules } from './accounts/accounts.ts'
import { createArgon2id, type Argon2Parameters } from './accounts/accounts.ts'
import { createPasswords } from './accounts/accounts.ts'
import { backgroundFor, serves } from './composing/roles.ts'
import type { Config } from './config.ts'
import { createChanges, forgetChanges, forgetLeases } from './tasks/changes.ts'
import type { SendingStep } from './tasks/tasks.ts'
import { checkKeys } from './connections/connections.ts'
import { createConnectLimits, type ConnectLimitRules } from './connections/connections.ts'
import { createConnections } from './connections/connections.ts'
import { keepKeys } from './connections/connections.ts'
import { openPermits } from './connections/connections.ts'
import type { PermitCounts } from './connections/connections.ts'
import { createSealer } from './connections/connections.ts'
import { createRateLimiter } from './connections/connections.ts'
import { openDatabase, type Database } from './database/open-database.ts'
import { createLive } from './live/live.ts'
import { postgresNotifications } from './live/live.ts'
import { createSync, forgetMirrorState, forgetSyncsUnderWay } from './sync/sync.ts'
import { createMirror, removeMirror } from './tasks/mirror.ts'
import { createBackground } from './work/work.ts'
import type { Clock } from './support/clock.ts'
import { createIds } from './support/ids.ts'
import type { Logger } from './support/logger.ts'
import type { RandomBytes } from './support/random.ts'
import { addressOf, paths } from './web/web-app.ts'
import { createTasks } from './tasks/tasks.ts'
import { createWebhookSteps } from './webhooks/webhooks.ts'
import { webhookSecrets } from './webhooks/webhooks.ts'
import { canDeliver } from './webhooks/webhooks.ts'
import { createWebhooks, releaseRefetchLeases } from './webhooks/webhooks.ts'
import type { Assets } from './web/assets/assets.ts'
import { bundleAssets } from './web/assets/bundle-assets.ts'
import { createWebApp } from './web/web-app.ts'
import type { WebParts } from './web/web-app.ts'

/** A task that Attio reported as gone is remembered this long: no answer is under way for longer. */
const removedMattersForMs = 24 * 3_600_000

export interface Surroundings {
  readonly clock: Clock
  readonly randomBytes: RandomBytes
  readonly fetch: typeof globalThis.fetch
  readonly logger: Logger
  /** True while the process is too busy to answer in time. */
  readonly isLate?: () => boolean
  /** The built script and styles; bundled in memory when absent, as in development. */
  readonly assets?: Assets
  /** For tests that do in a second what people do in a year. */
  readonly limits?: {
    readonly accounts?: Partial<LimitRules>
    readonly connecting?: Partial<ConnectLimitRules>
    /** The permits for calls to Attio per second, over all nodes; or permits on a clock other than the test's. */
    readonly attio?: PermitCounts | 'by this clock'
  }
  /** For tests with a failing database: wraps the database that Taskr opened. */
  readonly betweenDatabase?: (database: Database) => Database
  /** For tests that interrupt the sending of a change at a chosen point. */
  readonly reached?: (point: SendingStep) => Promise<void>
  /** For tests, whose passwords protect nothing: the cost of hashing one. */
  readonly unsafePasswordCost?: Argon2Parameters
  /** For tests, whose PostgreSQL is fast instead of durable. */
  readonly unsafelySkipDurabilityCheck?: boolean
}

export interface Taskr {
  /** The parts, for code that runs Taskr in its own process. */
  readonly parts: Pick<
    WebParts,
    'accounts' | 'changes' | 'connections' | 'mirror' | 'sync' | 'tasks' | 'webhooks'
  >
  /** Answers a request; `remoteAddress` is the socket's, for rate limits. */
  readonly fetch: (request: Request, remoteAddress?: string) => Promise<Response>
  /** Starts the background work. */
  readonly startWorking: () => void
  /** Resolves when no background work is under way. */
  readonly idle: () => Promise<void>
  /** Reports not ready from now on, so that load balancers send no more requests, and ends open event streams. */
  readonly beginStopping: () => Promise<void>
  /** Ends background work and closes the database. */
  readonly stop: () => Promise<void>
}

/** A problem that keeps Taskr from starting, in words for the operator. */
export class StartError extends Error {
  override readonly name = 'StartError'
}

export async function composeTaskr(config: Config, surroundings: Surroundings): Promise<Taskr> {
  const { clock, randomBytes, fetch, logger } = surroundings
  const ids = createIds(clock, randomBytes)
  const sealer = createSealer(config.keys, randomBytes)
  const { limits = {}, betweenDatabase, unsafePasswordCost } = surroundings
  const { unsafelySkipDurabilityCheck = false } = surroundings
  const opened = await openDatabase({
    url: config.databaseUrl,
    clock,
    logger,
    unsafelySkipDurabilityCheck,
  })
  const database = betweenDatabase?.(opened) ?? opened
  const keys = await checkKeys(database, sealer, config.keys)
  if (keys.kind === 'refused') {
    await database.close()
    throw new StartError(keys.problem)
  }

  const background = backgroundFor(config.role, createBackground(logger))
  const live = await createLive(
    clock.now(),
    database.engine === 'postgres'
      ? postgresNotifications({
          url: config.listenDatabaseUrl,
          clock,
          logger,
          ids,
          // The new connection may lead to another server, which missed earlier notifications.
          cameBack: () => background.run('syncs after a gap', () => sync.syncAllSoon()),
        })
      : undefined,
  )
  const accounts = createAccounts({
    database,
    clock,
    ids,
    randomBytes,
    logger,
    passwords: createPasswords({
      randomBytes,
      argon2id: createArgon2id(),
      ...(unsafePasswordCost && { parameters: unsafePasswordCost }),
    }),
    limits: createLimits({
      database,
      clock,
      exemptNetworks: config.limits.exemptNetworks ?? [],
      rules: { ...config.limits.rules, ...limits.accounts },
    }),
  })
  const connections = createConnections(
    {
      database,
      accounts,
      attio: config.attio,
      sealer,
      clock,
      ids,
      randomBytes,
      fetch,
      logger,
      limits: createConnectLimits({ database, clock }, limits.connecting),
      webhookSteps: createWebhookSteps(clock),
      live,
      sharedBackOff: createSharedBackOff(),
      rateLimiter: createRateLimiter({
        permits: await openPermits(database, clock, limits.attio),
        clock,
        logger,
      }),
    },
    [removeMirror, forgetMirrorState, forgetChanges],
  )
  if (database.engine === 'sqlite') {
    await forgetSyncsUnderWay(database.db)
    await forgetLeases(database.db)
    await releaseRefetchLeases(database.db)
  }
  const mirror = createMirror(database.db)
  const sync = createSync(
    {
      database,
      connections,
      clock,
      logger,
      live,
      ids,
      randomBytes,
      listLive: (connectionIds) => webhooks.listLive(connectionIds),
    },
    background,
  )
  const changes = createChanges({
    database,
    connections,
    live,
    background,
    clock,
    ids,
    randomBytes,
    logger,
    reached: surroundings.reached ?? (async () => {}),
  })
  const { publicUrl } = config
  const webhooks = createWebhooks({
    database,
    accounts,
    connections,
    sync,
    sealer,
    clock,
    ids,
    randomBytes,
    logger,
    live,
    background,
    target: canDeliver({ api: config.attio.endpoints.api, publicUrl })
      ? new URL(addressOf(paths.webhook, { key: '' }), publicUrl).href
      : undefined,
  })
  const tasks = createTasks({ connections, mirror, clock })

  let stopping = false
  const web = createWebApp({
    accounts,
    connections,
    mirror,
    sync,
    tasks,
    changes,
    webhooks,
    live,
    assets: surroundings.assets ?? (await bundleAssets()),
    clock,
    ids,
    randomBytes,
    logger,
    site: {
      publicUrl: config.publicUrl,
      attioOrigin: config.attio.endpoints.app,
      trustedProxies: config.trustedProxies,
      hstsIncludesSubDomains: config.hstsIncludesSubDomains,
      securityContact: config.securityContact,
    },
    isOutage: database.isOutage,
    isReady: async () =>
      !stopping && surroundings.isLate?.() !== true && (await database.isReady()),
  })

  return {
    parts: { accounts, changes, connections, mirror, sync, tasks, webhooks },
    fetch: async (request, remoteAddress) => {
      if (!serves(config.role, new URL(request.url).pathname, [paths.healthz, paths.readyz])) {
        return new Response(null, { status: 404, headers: { 'cache-control': 'no-store' } })
      }
      return await web.fetch(request, remoteAddress === undefined ? {} : { remoteAddress })
    },
    startWorking: () => {
      const pause = (signal: AbortSignal): Promise<void> => clock.wait(workEveryMs, signal)
      background.repeat('checks', pause, (signal) => connections.checkDue(signal))
      background.repeat(
        'due changes',
        (signal) => clock.wait(carryEveryMs, signal),
        (signal) => changes.deliverDue(signal),
      )
      background.repeat('keys', pause, async () => {
        const kept = await keepKeys({
          database,
          accounts,
          sealer,
          ring: config.keys,
          sealedElsewhere: [webhookSecrets],
        })
        if (kept.rewrapped + kept.unreadable > 0) logger.info('connections.keys', { ...kept })
        if (config.keys.report?.(kept.use) === 'not-stored') {
          logger.info('connections.key-use', { use: kept.use })
        }
      })
      background.repeat('revocations', pause, (signal) => connections.revokeDue(signal))
      background.repeat('webhooks', pause, (signal) => webhooks.checkDue(signal))
      background.repeat('gaps', pause, () => sync.noticeGap())
      background.repeat('syncs', pause, () => sync.syncDue())
      background.repeat('refetches', pause, () => webhooks.refetchDue())
      background.repeat(
        'expiry',
        (signal) => clock.wait(forgetEveryMs, signal),
        async () => {
          await accounts.forgetExpired()
          await connections.forgetExpired()
          await changes.forgetFinished()
          await mirror.forgetRemoved(clock.now() - removedMattersForMs)
          await webhooks.forgetOld()
        },
      )
    },
    idle: background.idle,
    beginStopping: async () => {
      stopping = true
      live.stopListening()
    },
    stop: async () => {
      stopping = true
      live.stopListening()
      await background.stop()
      await live.close()
      await database.close()
    },
  }
}

const workEveryMs = 5_000
const carryEveryMs = 1_000
const forgetEveryMs = 3_600_000
