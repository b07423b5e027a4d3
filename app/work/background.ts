// Background work: each piece runs at most once at a time by name, failures are logged, and a shutdown aborts all work
// and waits until it has ended.
import type { Logger } from '../support/logger.ts'

export interface Background {
  /** Starts `work`, unless work of that name is under way. */
  readonly run: (name: string, work: Work) => void
  /** The same, but work under way runs once more afterwards, since it may have missed the reason for this call. */
  readonly kick: (name: string, work: Work) => void
  /** Repeats `work` with a pause in between, until the stop. */
  readonly repeat: (name: string, pause: (signal: AbortSignal) => Promise<void>, work: Work) => void
  /** Resolves when no work is under way. */
  readonly idle: () => Promise<void>
  readonly stop: () => Promise<void>
}

type Work = (signal: AbortSignal) => Promise<unknown>

/** Does a piece of work within something, such as a span. */
export type Within = (name: string, work: () => Promise<void>) => Promise<void>

export function createBackground(
  logger: Logger,
  within: Within = async (_, work) => await work(),
): Background {
  const stopping = new AbortController()
  const running = new Map<string, Promise<void>>()
  const { signal } = stopping

  const attempt = async (name: string, work: Work): Promise<void> => {
    try {
      await work(signal)
    } catch (error) {
      if (!signal.aborted) logger.error('background.failed', { name, error })
    }
  }
  const kicked = new Set<string>()
  const runWhileKicked = async (name: string, work: Work): Promise<void> => {
    while (kicked.delete(name) && !signal.aborted) {
      await within(name, () => attempt(name, work))
    }
    // Removed synchronously, so that a kick after the last check starts the work again.
    running.delete(name)
  }
  const start = (name: string, work: () => Promise<void>): void => {
    if (signal.aborted || running.has(name)) return
    running.set(
      name,
      work().finally(() => running.delete(name)),
    )
  }

  return {
    run: (name, work) => start(name, () => within(name, () => attempt(name, work))),
    kick: (name, work) => {
      if (signal.aborted) return
      kicked.add(name)
      if (running.has(name)) return
      running.set(
        name,
        Promise.resolve().then(() => runWhileKicked(name, work)),
      )
    },
    repeat: (name, pause, work) =>
      start(name, async () => {
        while (!signal.aborted) {
          await attempt(name, work)
          await attempt(name, pause)
        }
      }),
    idle: async () => {
      await Promise.all(running.values())
    },
    stop: async () => {
      stopping.abort()
      await Promise.all(running.values())
    },
  }
}
