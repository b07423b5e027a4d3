// Reads the path of a request.
import type { NameInPaths } from './addresses.ts'
import type { WebContext } from './web-context.ts'

const longestDecoded = 2_000

/**
 * Returns the path used for routing. Hono throws and catches an error for each malformed part of a path; this decodes the
 * path once as a whole, or not at all.
 */
export function pathOf(request: Request): string {
  const path = /^[^:]*:\/\/[^/?#]*([^?#]*)/.exec(request.url)?.[1] ?? '/'
  if (!path.includes('%') || path.length > longestDecoded) return path
  try {
    return decodeURI(path)
  } catch {
    return path
  }
}

/** Returns the value at a `:name` of the route's path. */
export function valueInPath(context: WebContext, name: NameInPaths): string {
  const value = context.req.param(name)
  if (value === undefined) throw new TypeError(`The path of this route has no :${name}.`)
  return value
}
