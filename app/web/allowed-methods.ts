// Returns the methods allowed at an address, for the 405 response to other methods (RFC 9110 §15.5.6).
import type { Hono } from 'hono'
import type { WebEnv } from './web-parts.ts'

export function methodsOf(app: Hono<WebEnv>, path: string): readonly string[] {
  const methods = app.routes
    .filter((route) => route.method !== 'ALL' && patternOf(route.path).test(path))
    .map((route) => route.method)
  return [
    ...new Set(methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))),
  ].toSorted()
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}$`)
}
