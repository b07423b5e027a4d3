// The parts that routes depend on, created once in compose.ts, and the variables that a request carries.
import type { Accounts, Session } from '../accounts/accounts.ts'
import type { Changes } from '../tasks/changes.ts'
import type { Connections, Seats } from '../connections/connections.ts'
import type { Sync } from '../sync/sync.ts'
import type { Mirror } from '../tasks/mirror.ts'
import type { Mail } from '../mail/mail.ts'
import type { Live } from '../live/live.ts'
import type { ConnectionId } from '../support/ids.ts'
import type { Clock } from '../support/clock.ts'
import type { Ids } from '../support/ids.ts'
import type { Logger } from '../support/logger.ts'
import type { Tracing } from '../tracing/tracing.ts'
import type { Secret } from '../support/secret.ts'
import type { RandomBytes } from '../support/random.ts'
import type { Webhooks } from '../webhooks/webhooks.ts'
import type { Tasks } from '../tasks/tasks.ts'
import type { Cookies } from './cookies.ts'
import type { Site, WebContext } from './web-context.ts'
import type { KeptPages, Pages } from './page-frames.ts'
import type { Assets } from './assets/assets.ts'

export interface WebParts {
  readonly accounts: Accounts
  readonly connections: Connections
  readonly seats: Seats
  readonly mirror: Mirror
  readonly sync: Sync
  readonly tasks: Tasks
  readonly changes: Changes
  readonly webhooks: Webhooks
  readonly live: Live
  readonly mail: Mail
  readonly assets: Assets
  /** Differs between versions of the code (kept/code-version.ts). */
  readonly codeVersion: string
  /** How many lists are rendered at once. More would hold more data, and be no faster. */
  readonly rendersAtOnce: number
  readonly clock: Clock
  readonly ids: Ids
  readonly randomBytes: RandomBytes
  readonly logger: Logger
  readonly tracing: Tracing
  readonly site: Site
  /** The figures for the operator; undefined when no token is set. */
  readonly metrics?: ServedMetrics | undefined
  /** True when the database is writable and fully migrated. */
  readonly isReady: () => Promise<boolean>
  /** True for an error that says that the database is out of order. */
  readonly isOutage: (error: unknown) => boolean
}

export interface ServedMetrics {
  /** The bearer token that the reader must send. */
  readonly token: Secret
  readonly contentType: string
  readonly read: () => Promise<string>
}

/** The dependencies of all routes: the parts, and the shared frames of pages. */
export interface RouteParts extends WebParts {
  readonly pages: Pages
  readonly cookies: Cookies
  readonly keptPages: KeptPages
  readonly openPages: OpenPages
  readonly downloads: StreamDownload
}

/** A page that has an event stream at this node. */
export interface OpenPage {
  /** Reads the page's session, and tells the page when it is outdated. */
  readonly check: () => void
  /** Returns the connections that the page shows. */
  readonly shows: () => readonly ConnectionId[]
}

/** The open pages of this node (open-pages/open-pages.ts). */
export interface OpenPages {
  /** Adds a page until the returned function is called. */
  readonly add: (page: OpenPage) => () => void
  /** Returns the session of a page's cookie, read together with those of other pages that ask at the same moment. */
  readonly findSession: (cookie: string) => Promise<Session | 'ended' | 'unknown'>
}

/** Streams a file (stream-download.ts). */
export interface Download {
  readonly fileName: string
  readonly contentType: string
  readonly pieces: () => AsyncIterable<string>
}

export type StreamDownload = (
  context: WebContext,
  session: Session,
  download: Download,
) => Promise<Response>

export type { BegunRequest, Site, WebContext, WebEnv } from './web-context.ts'
