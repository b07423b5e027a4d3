// Makes one delivery attempt: a POST with a deadline. Redirects are not followed.
import type { Clock } from '../../clock.ts'
import { isTargetUrl } from '../target-url.ts'

/** The global `fetch`, or a function that calls the receiver without a socket. */
export type Deliver = (url: string, init: RequestInit) => Promise<Response>

export type Posted = {
  /** The receiver's answer; null when there was none. */
  readonly status: number | null
  /** Why there was no answer. */
  readonly problem: string | null
}

export type Posting = {
  readonly url: string
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
}

export type Limits = {
  readonly clock: Clock
  readonly deadlineMs: number
  /** Gives up when it aborts. */
  readonly closing: AbortSignal
}

export async function post(deliver: Deliver, posting: Posting, limits: Limits): Promise<Posted> {
  const { url, body, headers } = posting
  if (!isTargetUrl(url)) {
    return { status: null, problem: 'Only https, or http to this machine, is allowed.' }
  }
  const deadline = startDeadline(limits)
  const { signal } = deadline
  try {
    const answer = deliver(url, { method: 'POST', headers, body, redirect: 'manual', signal })
    const response = await Promise.race([answer, deadline.passed])
    void response.body?.cancel().catch(() => {})
    return { status: response.status, problem: null }
  } catch (error) {
    return { status: null, problem: problemOf(error) }
  } finally {
    deadline.end()
  }
}

type Deadline = {
  readonly signal: AbortSignal
  /** Rejects at the deadline, even when `fetch` ignores the signal. */
  readonly passed: Promise<never>
  end(): void
}

/**
 * Starts a deadline on the local Attio's clock and in real time, so that a frozen clock does not make a
 * silent receiver's time endless.
 */
function startDeadline({ clock, deadlineMs, closing }: Limits): Deadline {
  const { promise: passed, reject } = Promise.withResolvers<never>()
  passed.catch(() => {})
  const stop = new AbortController()
  const abort = (): void => {
    const reason = new Error(`No answer within ${deadlineMs} ms.`)
    stop.abort(reason)
    reject(reason)
  }
  const timer = setTimeout(abort, deadlineMs)
  const cancel = clock.schedule(clock.now() + deadlineMs, abort)
  closing.addEventListener('abort', abort, { once: true })
  return {
    signal: stop.signal,
    passed,
    end: () => {
      clearTimeout(timer)
      cancel()
      closing.removeEventListener('abort', abort)
    },
  }
}

/** `fetch` says only "fetch failed"; what happened is in the cause. */
function problemOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  if (!(cause instanceof Error)) return error.message
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message
  return `${error.message}: ${code}`
}
