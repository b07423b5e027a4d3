// The local Attio's clock. It follows real time until a test freezes or advances it. All timing uses it:
// code lifetimes, rate limits, webhook retries, latency.

/** The source of time, for example `{ now: Date.now }`. */
export type TimeSource = {
  /** Milliseconds since 1970. */
  now(): number
  /** Resolves after that many milliseconds; rejects when the signal aborts. */
  wait?(ms: number, signal?: AbortSignal): Promise<void>
}

/** Cancels a scheduled call. */
export type Cancel = () => void

export type Clock = {
  /** Milliseconds since 1970 on this clock. */
  now(): number
  readonly isFrozen: boolean
  /** Stops time, at the given instant if there is one. */
  freeze(at?: number): void
  /** Resumes time from the current instant. */
  resume(): void
  /** Moves time forward and runs due calls in order. Resolves when they have finished. */
  advance(ms: number): Promise<void>
  /**
   * Schedules a call. `run` may wait for the network but never for this clock.
   * The process stays alive for it only with `keepAlive`.
   */
  schedule(at: number, run: () => void | Promise<void>, options?: { keepAlive: boolean }): Cancel
  /** Resolves after that many milliseconds on this clock. */
  wait(ms: number, signal?: AbortSignal): Promise<void>
  /**
   * Registers running work, such as a delivery: `advance` does not move time on until it has settled.
   * The work may wait for the network, never for this clock.
   */
  hold(work: Promise<unknown>): void
  /** Resolves when no work is running, including work started by other work. */
  settled(): Promise<void>
  /** Cancels every scheduled call. */
  close(): void
}

type Timer = {
  readonly at: number
  readonly run: () => void | Promise<void>
  readonly keepAlive: boolean
}

const systemTime: TimeSource = { now: () => Date.now() }

/** The longest delay of a JavaScript timer. */
const longestDelayMs = 2 ** 31 - 1

/** Creates a clock over a source of time. */
export function createClock(source: TimeSource = systemTime): Clock {
  const timers: Timer[] = []
  const held = new Set<Promise<unknown>>()
  let offsetMs = 0
  let frozenAt: number | undefined
  let disarm: Cancel = () => {}

  const now = (): number => frozenAt ?? source.now() + offsetMs

  const arm = (): void => {
    disarm()
    disarm = () => {}
    const next = timers[0]
    if (next === undefined || frozenAt !== undefined) return
    const delayMs = Math.min(Math.max(next.at - now(), 0), longestDelayMs)
    const keepAlive = timers.some((timer) => timer.keepAlive)
    disarm = startTimer(source, delayMs, keepAlive, () => {
      void runDue(now()).finally(arm)
    })
  }

  const settled = async (): Promise<void> => {
    while (held.size > 0) await Promise.allSettled(held)
  }

  const runDue = async (until: number, between?: () => Promise<void>): Promise<void> => {
    for (;;) {
      if (between) await between()
      const due = timers[0]
      if (due === undefined || due.at > until) return
      timers.shift()
      if (frozenAt !== undefined && due.at > frozenAt) frozenAt = due.at
      await due.run()
    }
  }

  const schedule: Clock['schedule'] = (at, run, options) => {
    const timer = { at, run, keepAlive: options?.keepAlive ?? false }
    const later = timers.findIndex((other) => other.at > at)
    timers.splice(later === -1 ? timers.length : later, 0, timer)
    arm()
    return () => {
      const index = timers.indexOf(timer)
      if (index !== -1) timers.splice(index, 1)
      arm()
    }
  }

  return {
    now,
    get isFrozen() {
      return frozenAt !== undefined
    },
    freeze: (at) => {
      frozenAt = at ?? now()
      arm()
    },
    resume: () => {
      if (frozenAt !== undefined) offsetMs = frozenAt - source.now()
      frozenAt = undefined
      arm()
    },
    advance: async (ms) => {
      const running = frozenAt === undefined
      const target = now() + ms
      frozenAt = now()
      await runDue(target, settled)
      frozenAt = target
      if (running) {
        offsetMs = target - source.now()
        frozenAt = undefined
        arm()
      }
    },
    schedule,
    wait: (ms, signal) => waitOn(schedule, now() + ms, signal),
    hold: (work) => {
      const entry = work.finally(() => held.delete(entry))
      entry.catch(() => {})
      held.add(entry)
    },
    settled,
    close: () => {
      timers.length = 0
      disarm()
    },
  }
}

function startTimer(
  source: TimeSource,
  delayMs: number,
  keepAlive: boolean,
  fire: () => void,
): Cancel {
  if (source.wait) {
    const stop = new AbortController()
    source.wait(delayMs, stop.signal).then(
      () => {
        if (!stop.signal.aborted) fire()
      },
      () => {},
    )
    return () => stop.abort()
  }
  const timer = setTimeout(fire, delayMs)
  if (!keepAlive) timer.unref()
  return () => clearTimeout(timer)
}

function waitOn(schedule: Clock['schedule'], at: number, signal?: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const stop = (): void => {
    cancel()
    reject(new DOMException('The wait was aborted.', 'AbortError'))
  }
  const cancel = schedule(
    at,
    () => {
      signal?.removeEventListener('abort', stop)
      resolve()
    },
    { keepAlive: true },
  )
  if (signal?.aborted) stop()
  else signal?.addEventListener('abort', stop, { once: true })
  return promise
}
