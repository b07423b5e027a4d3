// Returns the problem with the name of a company or an app; undefined without one.
import type { World } from '../world/world.ts'

/** assumed: Attio does not document the longest name. */
export const longestName = 64

export function problemWithName(name: string): string | undefined {
  if (name === '') return 'Give it a name.'
  if (name.length > longestName)
    return `Keep it to ${longestName} characters; this has ${name.length}.`
  return undefined
}

/** Checks an app's name, which is unique in all of Attio. */
export function problemWithAppName(world: World, name: string, ownId?: string): string | undefined {
  const wanted = name.toLowerCase()
  const isTaken = world.apps.find((app) => app.id !== ownId && app.name.toLowerCase() === wanted)
  return (
    problemWithName(name) ?? (isTaken ? 'Another app has this name. Choose another.' : undefined)
  )
}

/** Normalises a name for storage: no surrounding spaces, no line breaks. */
export function tidyName(text: string | null): string {
  return (text ?? '').replaceAll(/\s+/g, ' ').trim()
}
