// Returns the methods allowed at an address, for the 405 response to other methods (RFC 9110 §15.5.6).
import type { Hono } from 'hono'
import type { WebEnv } from './web-parts.ts'

interface Place {
  readonly pattern: RegExp
  readonly method: string
}

/** Reads the app's routes at the first address, because the app may get more until it serves. */
export function createMethodFinder(app: Hono<WebEnv>): (path: string) => readonly string[] {
  let known: readonly Place[] | undefined
  return (path) => {
    known ??= placesOf(app)
    const methods = known.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method)
    return [
      ...new Set(methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))),
    ].toSorted()
  }
}

function placesOf(app: Hono<WebEnv>): readonly Place[] {
  return app.routes
    .filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => ({
      method,
      pattern: new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}$`),
    }))
}
