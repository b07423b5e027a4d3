// Returns the path used for routing. Hono throws and catches an error for each malformed part of a path; this decodes
// the path once as a whole, or not at all.

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
