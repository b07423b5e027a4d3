// The client: one access token, all resources.
import { type AccessTokenSource, createAccessTokenReader } from './http/access-token.ts'
import { checkDuration, waitFor } from './http/deadline.ts'
import { type AttioEndpoints, attioEndpoints, checkEndpoints } from './http/endpoints.ts'
import type { Pace } from './sending/rate-limiter.ts'
import { type Attributes, createAttributes } from './resources/attributes.ts'
import { createObjects, type Objects } from './resources/objects.ts'
import { createRecords, type Records } from './resources/records.ts'
import { createSelf, type Self } from './resources/self.ts'
import { createTasks, type Tasks } from './resources/tasks.ts'
import { createWebhooks, type Webhooks } from './resources/webhooks.ts'
import { createWorkspaceMembers, type WorkspaceMembers } from './resources/workspace-members.ts'
import { type AttioRestraint, createRestraint } from './sending/shared-back-off.ts'
import { createSend } from './sending/send.ts'

export interface AttioClientOptions {
  /** The token, or a function that finds it, asked before every exchange. */
  readonly accessToken: AccessTokenSource
  /** Where Attio is; default the real one. */
  readonly endpoints?: AttioEndpoints
  readonly fetch?: typeof globalThis.fetch
  /** Milliseconds since 1970. */
  readonly now?: () => number
  readonly wait?: (ms: number, signal?: AbortSignal) => Promise<void>
  /** From 0 up to 1; spreads repeats in time. */
  readonly random?: () => number
  /** For one exchange, body included; default 10,000. */
  readonly deadlineMs?: number
  /** How often one call may be sent; default 3. */
  readonly attempts?: number
  /** How long a call waits before it is sent; asked for more, it fails with `retryAt`. Default 10,000. */
  readonly maxWaitMs?: number
  /** Share one between clients that should hold back together; see `createRestraint`. */
  readonly restraint?: AttioRestraint
  /** Asked before each attempt: holds it back until its turn. For apps that share Attio's limits. */
  readonly pace?: Pace
  /** Ends everything this client is doing; calls reject with the signal's reason. */
  readonly signal?: AbortSignal
  /** Largest answer read; default 5 MB. */
  readonly maxBodyBytes?: number
}

export interface AttioClient {
  readonly self: Self
  readonly tasks: Tasks
  readonly workspaceMembers: WorkspaceMembers
  readonly objects: Objects
  readonly attributes: Attributes
  readonly records: Records
  readonly webhooks: Webhooks
}

/**
 * Makes a client for one access token. It never prints the token, never follows a redirect, and
 * every call either answers or throws AttioApiError, AttioNetworkError, AttioTimeoutError,
 * AttioResponseError or AttioUnavailableError. Source: docs.attio.com/rest-api/overview
 *
 * @example
 * const client = createAttioClient({ accessToken })
 * const { tasks } = await client.tasks.list({ limit: 10 })
 */
export function createAttioClient(options: AttioClientOptions): AttioClient {
  const { attempts = 3, signal } = options
  if (!Number.isInteger(attempts) || attempts < 1) throw new TypeError('attempts must be 1 or more')
  const send = createSend({
    api: checkEndpoints(options.endpoints ?? attioEndpoints).api,
    readAccessToken: createAccessTokenReader(options.accessToken),
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    now: options.now ?? Date.now,
    wait: options.wait ?? waitFor,
    random: options.random ?? Math.random,
    deadlineMs: checkDuration('deadlineMs', options.deadlineMs ?? 10_000),
    maxWaitMs: checkDuration('maxWaitMs', options.maxWaitMs ?? 10_000),
    maxBodyBytes: options.maxBodyBytes ?? 5_000_000,
    restraint: options.restraint ?? createRestraint(),
    pace: options.pace,
    attempts,
    signal,
  })
  return {
    self: createSelf(send),
    tasks: createTasks(send),
    workspaceMembers: createWorkspaceMembers(send),
    objects: createObjects(send),
    attributes: createAttributes(send),
    records: createRecords(send),
    webhooks: createWebhooks(send),
  }
}
