// Builds the services from the foundation: one function per service with more than a line to say.
import { createSharedBackOff } from '@taskr/attio'
import {
  createAccounts,
  createIdentityProvider,
  createArgon2id,
  createLimits,
  createPasswords,
  relyingPartyOf,
  type Accounts,
  type FactorSealer,
  type LinkAddresses,
} from '../accounts/accounts.ts'
import type { Config } from '../config/config.ts'
import {
  createConnections,
  createConnectLimits,
  createRateLimiter,
  createSeats,
  openPermits,
  SealError,
  type Connections,
  type Sealer,
  type Seats,
} from '../connections/connections.ts'
import {
  createMail,
  createMailbox,
  createSmtpTransport,
  type LetterSealer,
  type Mail,
} from '../mail/mail.ts'
import { createLive, postgresNotifications, type Live } from '../live/live.ts'
import { asAccountId } from '../support/ids.ts'
import { Secret } from '../support/secret.ts'
import { createSync, forgetMirrorState, forgetSyncsUnderWay, moveMirror } from '../sync/sync.ts'
import { createChanges, endChangesOf, forgetChanges, forgetLeases } from '../tasks/changes.ts'
import { createMirror, findSeatMember, lockActiveMember, removeMirror } from '../tasks/mirror.ts'
import { createTasks } from '../tasks/tasks.ts'
import { tracedFetch, withinSpans } from '../tracing/tracing.ts'
import { addressOf, paths, type WebParts } from '../web/web-app.ts'
import {
  canDeliver,
  createNameRequests,
  createWebhookMove,
  createWebhooks,
  createWebhookSteps,
  releaseRefetchLeases,
} from '../webhooks/webhooks.ts'
import { createBackground, type Background } from '../work/work.ts'
import type { Foundation } from './foundation.ts'
import { backgroundFor } from './roles.ts'
import type { Surroundings } from './surroundings.ts'

export interface Services extends Pick<
  WebParts,
  | 'accounts'
  | 'changes'
  | 'connections'
  | 'live'
  | 'mail'
  | 'mirror'
  | 'seats'
  | 'sync'
  | 'tasks'
  | 'webhooks'
> {
  readonly background: Background
}

export async function createServices(
  config: Config,
  given: Surroundings,
  foundation: Foundation,
): Promise<Services> {
  const { clock, database, logger, tracing } = foundation
  const { api, app } = config.attio.endpoints
  const fetch = tracedFetch(given.fetch, { clock, origins: [api, app], tracing })
  const surroundings = { ...given, fetch }
  const work = createBackground(logger, withinSpans(tracing, clock))
  const background = backgroundFor(config.role, work)
  // A replica that took over may lack the latest news that deliveries brought.
  const live = await openLive(config, foundation, () =>
    background.run('syncs after a failover', () => sync.syncAllSoon()),
  )
  // A page of an ended session must not stay open, whichever part of Taskr ended it.
  database.whenRaised((raised) => {
    for (const { endsSessions, ownerId } of raised) {
      if (endsSessions === true) live.changed(asAccountId(ownerId))
    }
  })
  const mail = buildMail(config, foundation)
  const accounts = buildAccounts(config, surroundings, foundation, mail)
  const mirror = createMirror(database.db)
  const { connections, seats } = await buildConnections(config, surroundings, foundation, {
    accounts,
    live,
    mail,
    mirror,
  })
  if (database.engine === 'sqlite') await releaseLeases(foundation, mail)
  const shared = { ...foundation, connections, live, background }
  const readSoon = createNameRequests(foundation)
  const sync = createSync({ ...shared, seats, readSoon }, background)
  const changes = createChanges({
    ...shared,
    reached: surroundings.reached ?? (async () => {}),
  })
  const webhooks = createWebhooks({ ...shared, accounts, sync, target: webhookAddress(config) })
  const tasks = createTasks({ connections, mirror, clock })
  return {
    accounts,
    background,
    changes,
    connections,
    live,
    mail,
    mirror,
    seats,
    sync,
    tasks,
    webhooks,
  }
}

function openLive(
  config: Config,
  { clock, database, ids, logger }: Foundation,
  serverChanged: () => void,
): Promise<Live> {
  const url = config.listenDatabaseUrl
  return createLive(
    clock.now(),
    database.engine === 'postgres'
      ? postgresNotifications({ url, clock, logger, ids, serverChanged })
      : undefined,
  )
}

function buildMail(config: Config, foundation: Foundation): Mail {
  const { mailFrom: from, production, publicUrl, smtp: server } = config
  const shared = { ...foundation, sealer: orUndefined(foundation.sealer) }
  if (server !== undefined) {
    const transport = createSmtpTransport({ server, from, host: publicUrl.hostname })
    return createMail({ ...shared, transport })
  }
  const mailbox = production ? undefined : createMailbox()
  return createMail({ ...shared, transport: mailbox, mailbox })
}

/** Returns a sealer that opens a value that no key opens as undefined. */
function orUndefined(sealer: Sealer): LetterSealer & FactorSealer {
  return {
    seal: sealer.seal,
    open: (place, sealed) => {
      try {
        return sealer.open(place, sealed)
      } catch (error) {
        if (!(error instanceof SealError)) throw error
        return undefined
      }
    },
  }
}

function buildAccounts(
  config: Config,
  { fetch, limits, unsafePasswordCost }: Surroundings,
  foundation: Foundation,
  mail: Mail,
): Accounts {
  const { clock, database, randomBytes } = foundation
  return createAccounts({
    ...foundation,
    relyingParty: relyingPartyOf(config.publicUrl),
    factorSealer: orUndefined(foundation.sealer),
    mailing: { mail, linkAddresses: linkAddresses(config) },
    passwords: createPasswords({
      randomBytes,
      argon2id: createArgon2id(),
      ...(unsafePasswordCost && { parameters: unsafePasswordCost }),
    }),
    signUpRule: config.signUp,
    identityProvider:
      config.singleSignOn &&
      createIdentityProvider(config.singleSignOn, { clock, fetch, logger: foundation.logger }),
    limits: createLimits({
      database,
      clock,
      exemptNetworks: config.limits.exemptNetworks ?? [],
      rules: { ...config.limits.rules, ...limits?.accounts },
    }),
  })
}

function linkAddresses({ publicUrl }: Config): LinkAddresses {
  const withSecret = (path: string) => (secret: Secret) =>
    new URL(`${path}?link=${secret.reveal()}`, publicUrl).href
  return {
    verification: withSecret(paths.addressConfirmation),
    reset: withSecret(paths.passwordReset),
    signUp: withSecret(paths.signUp),
    settings: new URL(paths.settings, publicUrl).href,
  }
}

async function buildConnections(
  config: Config,
  { attioDeadlineMs, fetch, limits }: Surroundings,
  foundation: Foundation,
  services: Pick<Services, 'accounts' | 'live' | 'mail' | 'mirror'>,
): Promise<{ readonly connections: Connections; readonly seats: Seats }> {
  const { clock, database, ids, logger, sealer } = foundation
  const { accounts, live, mail, mirror } = services
  const permits = await openPermits(database, clock, limits?.attio)
  const parts = {
    ...foundation,
    accounts,
    live,
    fetch,
    attio: config.attio,
    limits: createConnectLimits({ database, clock }, limits?.connecting),
    webhookSteps: createWebhookSteps(clock),
    attioDeadlineMs,
    sharedBackOff: createSharedBackOff(),
    rateLimiter: createRateLimiter({ permits, clock, logger }),
  }
  const seats = createSeats({
    ...parts,
    mail,
    invitationAddress: (secret) => {
      const link = addressOf(paths.invitationLink, { secret: secret.reveal() })
      return new Secret(new URL(link, config.publicUrl).href)
    },
    steps: {
      findMember: (connectionId, memberId) => findSeatMember(mirror, connectionId, memberId),
      lockActiveMember,
      endChanges: (db, connectionId, accountId) =>
        endChangesOf({ clock, ids }, db, connectionId, accountId),
      moveOwner: [moveMirror, createWebhookMove({ sealer, logger })],
    },
  })
  const forgetSteps = [removeMirror, forgetMirrorState, forgetChanges, seats.endAll]
  return { connections: createConnections(parts, forgetSteps), seats }
}

/** Releases what an earlier process held: on SQLite, the starting process is the only one. */
async function releaseLeases({ database }: Foundation, mail: Mail): Promise<void> {
  await mail.releaseLeases()
  await forgetSyncsUnderWay(database.db)
  await forgetLeases(database.db)
  await releaseRefetchLeases(database.db)
}

/** Returns the address that Attio sends webhooks to, without its key; undefined when Attio could not reach it. */
function webhookAddress({ attio, publicUrl }: Config): string | undefined {
  return canDeliver({ api: attio.endpoints.api, publicUrl })
    ? new URL(addressOf(paths.webhook, { key: '' }), publicUrl).href
    : undefined
}
