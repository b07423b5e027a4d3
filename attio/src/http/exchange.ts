// Runs one HTTP exchange: one request, one answer or typed failure. The deadline covers the body.
import { bodyTooLarge, discardBody, readBody } from './response-body.ts'
import { deadlineReached, withDeadline } from './deadline.ts'
import {
  AttioNetworkError,
  AttioResponseError,
  AttioTimeoutError,
  AttioTooLargeError,
} from '../errors.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export interface ExchangeRequest {
  readonly method: Method
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | URLSearchParams | undefined
}

export interface ExchangeLimits {
  readonly fetch: typeof globalThis.fetch
  readonly deadlineMs: number
  readonly maxBodyBytes: number
  readonly signal?: AbortSignal | undefined
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/**
 * Sends one request and returns the whole answer, whatever its status. Throws a typed error when there is
 * none. Never follows a redirect, which would send the token along.
 */
export async function exchange(request: ExchangeRequest, limits: ExchangeLimits): Promise<Answer> {
  const name = nameOf(request)
  const { deadlineMs, maxBodyBytes, signal } = limits
  try {
    return await withDeadline(deadlineMs, signal, async (signal) => {
      const response = await send(request, limits.fetch, signal)
      if (response.type === 'opaqueredirect' || isRedirect(response.status)) {
        discardBody(response)
        throw new AttioResponseError(name, '', 'an answer, not a redirect')
      }
      const text = await readBody(response, maxBodyBytes)
      if (text === bodyTooLarge) throw new AttioTooLargeError(name, maxBodyBytes)
      return { status: response.status, headers: response.headers, text }
    })
  } catch (error) {
    if (error instanceof AttioResponseError || error instanceof AttioTooLargeError) throw error
    if (error === deadlineReached) throw new AttioTimeoutError(name, deadlineMs)
    if (signal?.aborted) throw error
    throw new AttioNetworkError(name, error)
  }
}

async function send(
  { method, url, headers, body }: ExchangeRequest,
  fetch: typeof globalThis.fetch,
  signal: AbortSignal,
): Promise<Response> {
  const init: RequestInit = { method, headers, redirect: 'error', signal }
  if (body !== undefined) init.body = body
  const response = await fetch(url.href, init)
  if (signal.aborted) discardBody(response)
  return response
}

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400 && status !== 304
}

/** Names a request for errors, without its query, which may hold an e-mail address. */
export function nameOf({ method, url }: Pick<ExchangeRequest, 'method' | 'url'>): string {
  return `${method} ${url.pathname}`
}
