// Collects what no page may do in any journey: log an error, break its content security policy, throw, open a dialog,
// miss one of its own files, or send a request to a host other than Taskr's and Attio's.
import type { BrowserContext, Request } from 'playwright-core'

/**
 * Collects the faults of every page of the context from now on. A refused connection is no fault while Taskr
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
    // The journey checks the status of a page; the status of a file is checked below.
    if (text.startsWith('Failed to load resource: the server responded with a status')) return
    if (text.includes('net::ERR_CONNECTION_REFUSED') && wasDown()) return
    if (message.type() === 'error' || message.type() === 'warning') {
      complaints.push(`${message.type()} at ${message.location().url}: ${text}`)
    }
  })
  context.on('weberror', (error) => complaints.push(`thrown: ${error.error().message}`))
  context.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`)
    // The answer may be gone with its page.
    dialog.dismiss().catch(() => undefined)
  })
  context.on('request', (request) => {
    if (!origins().some((origin) => new URL(request.url()).origin === origin)) {
      complaints.push(`foreign request: ${request.url()}`)
    }
  })
  context.on('response', (response) => {
    const request = response.request()
    if (response.status() < 500 && isFormByScript(request)) return
    if (response.status() >= 400 && !isForPage(request)) {
      complaints.push(`${response.status()} for ${response.url()}`)
    }
  })
  return complaints
}

/** True for a form whose refusal the script says on the page. */
function isFormByScript(request: Request): boolean {
  const isForJson = request.headers()['accept'] === 'application/json'
  return request.resourceType() === 'fetch' && request.method() === 'POST' && isForJson
}

/** True for a navigation by address bar, link or form, and for a document shown in place of a page. */
export function isForPage(request: Request): boolean {
  if (request.resourceType() === 'fetch') return request.headers()['accept'] === 'text/html'
  return request.isNavigationRequest() && request.frame().parentFrame() === null
}
