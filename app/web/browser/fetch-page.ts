// Fetches a page of Taskr instead of navigating to it.
import { isUnavailable, setReach } from './offline.ts'
import { parsePage } from './trusted-html.ts'

export type FetchedPage =
  | {
      readonly kind: 'page'
      readonly page: Document
      readonly address: URL
      /** true when the response was redirected to that address */
      readonly isRedirected: boolean
    }
  /** the response is not a page of Taskr, so the browser should navigate to it */
  | { readonly kind: 'not-a-page'; readonly address: URL }
  | { readonly kind: 'unreachable' }

type Asking = {
  readonly method?: string
  readonly body?: URLSearchParams
  readonly headers?: Readonly<Record<string, string>>
}

export async function fetchPage(address: string, asking: Asking = {}): Promise<FetchedPage> {
  try {
    const response = await fetch(address, {
      ...asking,
      mode: 'same-origin',
      headers: {
        accept: 'text/html',
        ...(asking.body === undefined && withoutForm()),
        ...asking.headers,
      },
      signal: AbortSignal.timeout(15_000),
    })
    const isOutage = isUnavailable(response)
    if (isOutage && response.headers.has('retry-after')) return unreachable('unavailable')
    const at = new URL(response.url)
    if (response.headers.get('content-type')?.startsWith('text/html') !== true) {
      if (isOutage) return unreachable('unavailable')
      setReach('reached')
      return { kind: 'not-a-page', address: at }
    }
    const page = parsePage(await response.text())
    // A proxy answers for a Taskr that is gone, or a network in which one must sign in first.
    if (page.querySelector('#toasts') === null) return unreachable('unavailable')
    setReach('reached')
    return { kind: 'page', page, address: at, isRedirected: response.redirected }
  } catch {
    return unreachable('offline')
  }
}

/** Marks a request that no form leads to: the server keeps the toast for the answer to a form (toast-cookie.ts). */
function withoutForm(): Readonly<Record<string, string>> {
  // Only a page of an account has a stream.
  const isSignedIn = document.body.dataset['live'] !== undefined
  return { 'x-taskr-refetch': isSignedIn ? 'signed-in' : 'yes' }
}

function unreachable(reach: 'offline' | 'unavailable'): FetchedPage {
  setReach(reach)
  return { kind: 'unreachable' }
}
