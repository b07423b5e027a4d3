// The path that a request is routed by. Hono decodes each broken piece of a path through a thrown error; here it is
// decoded once as a whole, or not at all.

const longestDecoded = 2_000

export function pathOf(request: Request): string {
  const path = /^[^:]*:\/\/[^/?#]*([^?#]*)/.exec(request.url)?.[1] ?? '/'
  if (!path.includes('%') || path.length > longestDecoded) return path
  try {
    return decodeURI(path)
  } catch {
    return path
  }
}
