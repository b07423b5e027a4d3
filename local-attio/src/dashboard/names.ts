// Returns the problem with the name of a company or an app; undefined without one.
import type { World } from '../world/world.ts'

/** assumed: Attio does not say how long a name can be. */
export const longestName = 64

export function problemWithName(name: string): string | undefined {
  if (name === '') return 'Give it a name.'
  if (name.length > longestName)
    return `Keep it to ${longestName} characters; this has ${name.length}.`
  return undefined
}

/** An app's name is unique in all of Attio. */
export function problemWithAppName(world: World, name: string, ownId?: string): string | undefined {
  const wanted = name.toLowerCase()
  const isTaken = world.apps.find((app) => app.id !== ownId && app.name.toLowerCase() === wanted)
  return (
    problemWithName(name) ?? (isTaken ? 'Another app has this name. Choose another.' : undefined)
  )
}

/** As it is kept: no space around it, no line breaks in it. */
export function tidyName(text: string | null): string {
  return (text ?? '').replaceAll(/\s+/g, ' ').trim()
}
