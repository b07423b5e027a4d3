// Queues this node's calls to Attio: people before background work, connections in rotation, and busy connections only
// while there is room for others. A call starts when it has a permit (permits.ts).
import type { Caller } from './caller.ts'
import { AttioUnavailableError } from '@taskr/attio'
import type { Clock } from '../../support/clock.ts'
import type { Logger } from '../../support/logger.ts'
import type { Access, Permit, Permits } from './permits.ts'
import { createRecentCalls } from './recent-calls.ts'

export interface Turns {
  /** Resolves when the caller may call. Call the function it resolves to when the call has ended. */
  readonly take: (caller: Caller, access: Access, signal?: AbortSignal) => Promise<EndTurn>
}

export type EndTurn = () => Promise<void>

export interface TurnsParts {
  readonly permits: Permits
  readonly clock: Clock
  readonly logger: Logger
}

/** The most calls under way for one connection, for each urgency. */
const callsAtOnce = 2
/** A connection with more calls in a second leaves room for others. */
const manyCalls = 20
/** The share of permits reserved for people, and for connections that call less. */
const keptForPeople = 0.1
const keptForOthers = 0.3
const lookEveryMs = 25
const longestWaitMs = 30_000
/** A permit whose database answer took longer than this is not used. */
const freshMs = 2_000

interface Waiting extends Caller {
  readonly since: number
  readonly begin: (permit: Permit) => void
  readonly giveUp: (error: unknown) => void
}

export function createTurns(parts: TurnsParts): Turns {
  const lines = { read: createLine(parts, 'read'), write: createLine(parts, 'write') }
  return { take: (caller, access, signal) => lines[access](caller, signal) }
}

function createLine(parts: TurnsParts, access: Access) {
  const { clock, logger, permits } = parts
  const waiting = new Set<Waiting>()
  const recent = createRecentCalls(clock)
  let isGivingOut = false
  let wake = new AbortController()

  function join(caller: Caller, signal?: AbortSignal): Promise<EndTurn> {
    signal?.throwIfAborted()
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        waiting.delete(entry)
        signal?.removeEventListener('abort', onAbort)
      }
      const onAbort = (): void => {
        leave()
        reject(signal?.reason)
      }
      const entry: Waiting = {
        ...caller,
        since: clock.now(),
        begin: (permit) => {
          leave()
          recent.begin(caller)
          resolve(() => end(caller, permit))
        },
        giveUp: (error) => {
          leave()
          reject(error)
        },
      }
      signal?.addEventListener('abort', onAbort, { once: true })
      waiting.add(entry)
      wake.abort()
      giveOutIfIdle()
    })
  }

  async function end(caller: Caller, permit: Permit): Promise<void> {
    recent.end(caller)
    await giveBack(permit, 'used')
    // This connection may call again; a sleeping loop wakes soon enough by itself.
    giveOutIfIdle()
  }

  async function giveBack(permit: Permit, how: 'used' | 'unused'): Promise<void> {
    try {
      await permits.giveBack(permit, how)
    } catch (error) {
      // The permit's lease expires by itself.
      logger.warn('connections.permit-not-given-back', { error })
    }
  }

  function giveOutIfIdle(): void {
    if (!isGivingOut) void giveOut()
  }

  async function giveOut(): Promise<void> {
    isGivingOut = true
    for (;;) {
      wake = new AbortController()
      const first = next()
      if (first === undefined) break
      const permit = await takeFor(first)
      if (permit === undefined) await nap()
      else if (permit !== 'failed') await handOver(permit)
    }
    isGivingOut = false
  }

  async function takeFor(first: Waiting): Promise<Permit | 'failed' | undefined> {
    const askedAt = clock.now()
    try {
      const permit = await permits.take(access, reachOf(first))
      const tookMs = clock.now() - askedAt
      if (permit === undefined || (tookMs >= 0 && tookMs < freshMs)) return permit
      await giveBack(permit, 'unused')
      return undefined
    } catch (error) {
      // Without a count no call is sent.
      for (const each of waiting) each.giveUp(unavailable('the limits are out of reach', error))
      return 'failed'
    }
  }

  /** Gives the permit to the first in line now: the call it was taken for may have given up. */
  async function handOver(permit: Permit): Promise<void> {
    const taker = next((each) => permit.number < reachOf(each))
    if (taker === undefined) await giveBack(permit, 'unused')
    else taker.begin(permit)
  }

  async function nap(): Promise<void> {
    for (const each of waiting) {
      if (clock.now() - each.since > longestWaitMs) each.giveUp(unavailable('too many others wait'))
    }
    if (waiting.size === 0) return
    try {
      await clock.wait(lookEveryMs, wake.signal)
    } catch {
      // A new call arrived.
    }
  }

  function next(mayTake: (each: Waiting) => boolean = () => true): Waiting | undefined {
    let first: { readonly entry: Waiting; readonly rank: readonly number[] } | undefined
    for (const entry of waiting) {
      if (recent.underWay(entry) >= callsAtOnce || !mayTake(entry)) continue
      const rank = [-reachOf(entry), recent.lastBeganAt(entry), entry.since]
      if (first === undefined || isBefore(rank, first.rank)) first = { entry, rank }
    }
    return first?.entry
  }

  /** Returns the number below which permits are open to this caller. */
  function reachOf(caller: Caller): number {
    const all = permits.counts[access]
    if (caller.urgency === 'person') return all
    const kept = recent.inLastSecond(caller) < manyCalls ? keptForPeople : keptForOthers
    return Math.max(1, Math.floor(all * (1 - kept)))
  }

  const unavailable = (why: string, cause?: unknown): AttioUnavailableError =>
    new AttioUnavailableError(access, why, {
      retryAt: clock.now() + restAfterFailureMs,
      ...(cause !== undefined && { cause }),
    })

  return join
}

const restAfterFailureMs = 1_000

function isBefore(a: readonly number[], b: readonly number[]): boolean {
  for (const [at, value] of a.entries()) {
    const other = b[at] ?? 0
    if (value !== other) return value < other
  }
  return false
}
