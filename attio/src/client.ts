// Creates the client: one access token, all resources.
import { type AccessTokenSource, createAccessTokenReader } from './http/access-token.ts'
import { checkDuration, waitFor } from './http/deadline.ts'
import { type AttioEndpoints, attioEndpoints, checkEndpoints } from './http/endpoints.ts'
import type { RateLimiter } from './sending/rate-limiter.ts'
import { type Attributes, createAttributes } from './resources/attributes.ts'
import { createNotes, type Notes } from './resources/notes.ts'
import { createObjects, type Objects } from './resources/objects.ts'
import { createRecords, type Records } from './resources/records.ts'
import { createSelf, type Self } from './resources/self.ts'
import { createTasks, type Tasks } from './resources/tasks.ts'
import { createWebhooks, type Webhooks } from './resources/webhooks.ts'
import { createWorkspaceMembers, type WorkspaceMembers } from './resources/workspace-members.ts'
import { type SharedBackOff, createSharedBackOff } from './sending/shared-back-off.ts'
import { createSend } from './sending/send.ts'

export interface AttioClientOptions {
  /** The token, or a function that returns it; the function is called before every exchange. */
  readonly accessToken: AccessTokenSource
  /** Attio's origins. Default: the real ones. */
  readonly endpoints?: AttioEndpoints
  readonly fetch?: typeof globalThis.fetch
  /** Milliseconds since 1970. */
  readonly now?: () => number
  readonly wait?: (ms: number, signal?: AbortSignal) => Promise<void>
  /** Returns a number from 0 up to 1. It spreads retries in time. */
  readonly random?: () => number
  /** Milliseconds for one exchange, body included; default 10,000. */
  readonly deadlineMs?: number
  /** The most attempts for one call; default 3. */
  readonly attempts?: number
  /** The longest wait of one call, in milliseconds. If Attio asks for a longer one, the call fails with `retryAt`. Default 10,000. */
  readonly maxWaitMs?: number
  /** Shared between the clients of an app; see `createSharedBackOff`. */
  readonly sharedBackOff?: SharedBackOff
  /**
   * Names the token in `sharedBackOff`, for example by a connection's id: after a 429, clients with the
   * same key pause together. Without a key, this client pauses alone.
   */
  readonly tokenKey?: string
  /** Grants a permit for each attempt, for an app whose clients share Attio's limits. */
  readonly rateLimiter?: RateLimiter
  /** Aborts every call of this client with the signal's reason. */
  readonly signal?: AbortSignal
  /** The largest answer in bytes; default 5,000,000. A larger one throws AttioTooLargeError. */
  readonly maxBodyBytes?: number
}

export interface AttioClient {
  readonly self: Self
  readonly tasks: Tasks
  readonly workspaceMembers: WorkspaceMembers
  readonly objects: Objects
  readonly attributes: Attributes
  readonly records: Records
  readonly notes: Notes
  readonly webhooks: Webhooks
}

/**
 * Creates a client for one access token. It never prints the token and never follows a redirect.
 * Every call returns an answer or throws an AttioFailure; a mistake in its arguments is a TypeError or a
 * RangeError, and nothing is sent. Source: docs.attio.com/rest-api/overview
 *
 * @example
 * const client = createAttioClient({ accessToken })
 * const { tasks } = await client.tasks.list({ limit: 10 })
 */
export function createAttioClient(options: AttioClientOptions): AttioClient {
  const { attempts = 3, signal, sharedBackOff = createSharedBackOff(), tokenKey } = options
  if (!Number.isInteger(attempts) || attempts < 1) throw new TypeError('attempts must be 1 or more')
  const endpoints = checkEndpoints(options.endpoints ?? attioEndpoints)
  const send = createSend({
    api: endpoints.api,
    readAccessToken: createAccessTokenReader(options.accessToken),
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    now: options.now ?? Date.now,
    wait: options.wait ?? waitFor,
    random: options.random ?? Math.random,
    deadlineMs: checkDuration('deadlineMs', options.deadlineMs ?? 10_000),
    maxWaitMs: checkDuration('maxWaitMs', options.maxWaitMs ?? 10_000),
    maxBodyBytes: options.maxBodyBytes ?? 5_000_000,
    sharedBackOff,
    pauses: tokenKey === undefined ? new Map() : sharedBackOff.pauses,
    tokenKey: tokenKey ?? '',
    rateLimiter: options.rateLimiter,
    attempts,
    signal,
  })
  return {
    self: createSelf(send),
    tasks: createTasks(send),
    workspaceMembers: createWorkspaceMembers(send),
    objects: createObjects(send),
    attributes: createAttributes(send),
    records: createRecords(send, endpoints.app),
    notes: createNotes(send),
    webhooks: createWebhooks(send),
  }
}
