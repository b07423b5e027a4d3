// What no page may do, whatever a journey is about: say an error, break its content security policy, throw, open a
// dialog, miss one of its own files, or talk to anybody but Taskr and Attio.
import type { BrowserContext, Request } from 'playwright-core'

/**
 * Collects what goes wrong on every page of the context, from now on. An open page may find nobody there where Taskr
 * `wasDown`.
 */
export function watch(
  context: BrowserContext,
  origins: () => readonly string[],
  wasDown: () => boolean = () => false,
): string[] {
  const complaints: string[] = []
  context.on('console', (message) => {
    const text = message.text()
    // A status belongs to the journey when it is a page's, and is judged below when it is a file's.
    if (text.startsWith('Failed to load resource: the server responded with a status')) return
    if (text.includes('net::ERR_CONNECTION_REFUSED') && wasDown()) return
    if (message.type() === 'error' || message.type() === 'warning') {
      complaints.push(`${message.type()} at ${message.location().url}: ${text}`)
    }
  })
  context.on('weberror', (error) => complaints.push(`thrown: ${error.error().message}`))
  context.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`)
    // It may have gone with its page.
    dialog.dismiss().catch(() => undefined)
  })
  context.on('request', (request) => {
    if (!origins().some((origin) => new URL(request.url()).origin === origin)) {
      complaints.push(`foreign request: ${request.url()}`)
    }
  })
  context.on('response', (response) => {
    if (response.status() >= 400 && !isForPage(response.request())) {
      complaints.push(`${response.status()} for ${response.url()}`)
    }
  })
  return complaints
}

/** Asked by the address bar, a link or a form, rather than by something on a page; or shown in place of a page. */
export function isForPage(request: Request): boolean {
  if (request.resourceType() === 'fetch') return request.headers()['accept'] === 'text/html'
  return request.isNavigationRequest() && request.frame().parentFrame() === null
}
