// Decides when this node's calls to Attio start: people before background work, connections in rotation, and busy
// connections only while there is room for others. A call starts when it has a permit (permits.ts).
import { AttioUnavailableError } from '@taskr/attio'
import type { Clock } from '../../support/clock.ts'
import type { Logger } from '../../support/logger.ts'
import { createWakeUps } from '../../work/work.ts'
import type { Caller } from './caller.ts'
import type { Access, Permit, Permits } from './permits.ts'
import { createRecentCalls, type RecentCalls } from './recent-calls.ts'
import { createWaitingCalls, type WaitingCall, type WaitingCalls } from './waiting-calls.ts'

export interface RateLimiter {
  /** Resolves when the caller may call. Call the function it resolves to when the call has ended. */
  readonly take: (caller: Caller, access: Access, signal?: AbortSignal) => Promise<EndCall>
}

export type EndCall = () => Promise<void>

export interface RateLimiterParts {
  readonly permits: Permits
  readonly clock: Clock
  readonly logger: Logger
}

const checkEveryMs = 25
const longestWaitMs = 30_000
/** A permit whose database answer took longer than this is not used. */
const freshMs = 2_000
const restAfterFailureMs = 1_000

export function createRateLimiter(parts: RateLimiterParts): RateLimiter {
  const queues = { read: createQueue(parts, 'read'), write: createQueue(parts, 'write') }
  return { take: (caller, access, signal) => queues[access](caller, signal) }
}

interface Queue extends RateLimiterParts {
  readonly access: Access
  readonly waiting: WaitingCalls
  readonly recent: RecentCalls
}

function createQueue(
  parts: RateLimiterParts,
  access: Access,
): (caller: Caller, signal?: AbortSignal) => Promise<EndCall> {
  const recent = createRecentCalls(parts.clock)
  const waiting = createWaitingCalls(parts.clock, recent, parts.permits.counts[access])
  const queue: Queue = { ...parts, access, waiting, recent }
  const giveOutIfIdle = createGivingOut(queue)
  return async (caller, signal) => {
    const begun = waiting.add(caller, signal)
    giveOutIfIdle('now')
    const permit = await begun
    return async () => {
      recent.end(caller)
      await giveBack(queue, permit, 'used')
      // This connection may call again; a sleeping loop wakes soon enough by itself.
      giveOutIfIdle('soon')
    }
  }
}

/** Returns a function that starts the loop that gives out permits, or wakes it `now` if it sleeps. */
function createGivingOut(queue: Queue): (when: 'now' | 'soon') => void {
  const wakeUps = createWakeUps()
  let isGivingOut = false
  const giveOut = async (): Promise<void> => {
    isGivingOut = true
    for (;;) {
      wakeUps.take()
      const first = queue.waiting.next()
      if (first === undefined) break
      const permit = await takeFor(queue, first)
      if (permit === undefined) await pause(queue, wakeUps.requested())
      else if (permit !== 'failed') await handOver(queue, permit)
    }
    isGivingOut = false
  }
  return (when) => {
    if (when === 'now') wakeUps.request()
    if (!isGivingOut) void giveOut()
  }
}

async function takeFor(queue: Queue, first: WaitingCall): Promise<Permit | 'failed' | undefined> {
  const { access, clock, permits, waiting } = queue
  const askedAt = clock.now()
  try {
    const permit = await permits.take(access, waiting.reachOf(first.caller))
    const tookMs = clock.now() - askedAt
    if (permit === undefined || (tookMs >= 0 && tookMs < freshMs)) return permit
    await giveBack(queue, permit, 'unused')
    return undefined
  } catch (error) {
    // Without a count no call is sent.
    for (const call of waiting.all()) {
      call.giveUp(unavailable(queue, 'the limits are out of reach', error))
    }
    return 'failed'
  }
}

/** Gives the permit to the call that is next now: the one it was taken for may have given up. */
async function handOver(queue: Queue, permit: Permit): Promise<void> {
  const { recent, waiting } = queue
  const taker = waiting.next((call) => permit.number < waiting.reachOf(call.caller))
  if (taker === undefined) return await giveBack(queue, permit, 'unused')
  recent.begin(taker.caller)
  taker.begin(permit)
}

async function giveBack(
  { logger, permits }: Queue,
  permit: Permit,
  how: 'used' | 'unused',
): Promise<void> {
  try {
    await permits.giveBack(permit, how)
  } catch (error) {
    // The permit's lease expires by itself.
    logger.warn('connections.permit-not-given-back', { error })
  }
}

/** Waits until permits may be free again or a call arrives, and gives up calls that have waited too long. */
async function pause(queue: Queue, callArrived: Promise<void>): Promise<void> {
  const { clock, waiting } = queue
  for (const call of waiting.all()) {
    if (clock.now() - call.since > longestWaitMs) {
      call.giveUp(unavailable(queue, 'too many others wait'))
    }
  }
  if (waiting.all().length === 0) return
  const waking = new AbortController()
  void callArrived.then(() => waking.abort())
  try {
    await clock.wait(checkEveryMs, waking.signal)
  } catch {
    // A new call arrived.
  }
}

function unavailable(
  { access, clock }: Queue,
  why: string,
  cause?: unknown,
): AttioUnavailableError {
  return new AttioUnavailableError(access, why, {
    retryAt: clock.now() + restAfterFailureMs,
    ...(cause !== undefined && { cause }),
  })
}
