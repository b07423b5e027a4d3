// The calls to Attio that wait for a permit on this node, and which of them is next.
import type { Clock } from '../../support/clock.ts'
import type { Caller } from './caller.ts'
import type { Permit } from './permits.ts'
import type { RecentCalls } from './recent-calls.ts'

export interface WaitingCall {
  readonly caller: Caller
  readonly since: number
  readonly begin: (permit: Permit) => void
  readonly giveUp: (error: unknown) => void
}

export interface WaitingCalls {
  /** Adds a call. Resolves when it begins; rejects when it is given up or the signal aborts it. */
  readonly add: (caller: Caller, signal?: AbortSignal) => Promise<Permit>
  readonly all: () => readonly WaitingCall[]
  /** Returns the call that is next, of those that may take a permit. */
  readonly next: (mayTake?: (call: WaitingCall) => boolean) => WaitingCall | undefined
  /** Returns the number below which permits are open to this caller. */
  readonly reachOf: (caller: Caller) => number
}

/** The most calls under way for one connection, for each urgency. */
const callsAtOnce = 2
/** A connection with more calls in a second leaves room for others. */
const manyCalls = 20
/** The share of permits reserved for people, and for connections that call less. */
const keptForPeople = 0.1
const keptForOthers = 0.3

export function createWaitingCalls(
  clock: Clock,
  recent: RecentCalls,
  permitCount: number,
): WaitingCalls {
  const waiting = new Set<WaitingCall>()
  const reachOf = (caller: Caller): number => {
    if (caller.urgency === 'person') return permitCount
    const kept = recent.inLastSecond(caller) < manyCalls ? keptForPeople : keptForOthers
    return Math.max(1, Math.floor(permitCount * (1 - kept)))
  }
  return {
    reachOf,
    all: () => [...waiting],
    add: (caller, signal) => addCall(waiting, { caller, since: clock.now() }, signal),
    next: (mayTake = () => true) => {
      let first: { readonly call: WaitingCall; readonly rank: readonly number[] } | undefined
      for (const call of waiting) {
        const { caller, since } = call
        if (recent.underWay(caller) >= callsAtOnce || !mayTake(call)) continue
        const rank = [-reachOf(caller), recent.lastBeganAt(caller), since]
        if (first === undefined || isBefore(rank, first.rank)) first = { call, rank }
      }
      return first?.call
    },
  }
}

async function addCall(
  waiting: Set<WaitingCall>,
  call: Pick<WaitingCall, 'caller' | 'since'>,
  signal: AbortSignal | undefined,
): Promise<Permit> {
  signal?.throwIfAborted()
  const { promise, reject, resolve } = Promise.withResolvers<Permit>()
  const entry: WaitingCall = {
    ...call,
    begin: (permit) => {
      leave()
      resolve(permit)
    },
    giveUp: (error) => {
      leave()
      reject(error)
    },
  }
  const onAbort = (): void => entry.giveUp(signal?.reason)
  const leave = (): void => {
    waiting.delete(entry)
    signal?.removeEventListener('abort', onAbort)
  }
  signal?.addEventListener('abort', onAbort, { once: true })
  waiting.add(entry)
  return await promise
}

function isBefore(a: readonly number[], b: readonly number[]): boolean {
  for (const [at, value] of a.entries()) {
    const other = b[at] ?? 0
    if (value !== other) return value < other
  }
  return false
}
