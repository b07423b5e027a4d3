// Fetches a page of Taskr, instead of navigating to it.
import { setOffline } from './offline.ts'
import { parsePage } from './trusted-html.ts'

export type FetchedPage =
  | {
      readonly kind: 'page'
      readonly page: Document
      readonly address: URL
      /** the answer led on to that address; else it is the answer to the form itself */
      readonly isRedirected: boolean
    }
  /** the answer is not a page of Taskr: let the browser go there itself */
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
      headers: { accept: 'text/html', ...asking.headers },
      signal: AbortSignal.timeout(15_000),
    })
    setOffline(false)
    const at = new URL(response.url)
    if (response.headers.get('content-type')?.startsWith('text/html') !== true) {
      return { kind: 'not-a-page', address: at }
    }
    const page = parsePage(await response.text())
    return { kind: 'page', page, address: at, isRedirected: response.redirected }
  } catch {
    setOffline(true)
    return { kind: 'unreachable' }
  }
}
