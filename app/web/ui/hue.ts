// The colour of a workspace's dot or a member's initials, as one of eight numbers for the style sheet, because the
// content security policy forbids inline styles.
import { html, type Html } from './html.ts'

export const hues = 8

/** Returns the same hue for the same id. */
export function hueOf(id: string): number {
  let sum = 0
  for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 65_521
  return sum % hues
}

export type WorkspaceHues = ReadonlyMap<string, number>

/** Gives each workspace of an account its own hue while there are enough. New connections do not change it. */
export function workspaceHues(
  workspaces: readonly { readonly connectionId: string }[],
): WorkspaceHues {
  const chosen = new Map<string, number>()
  const taken = new Set<number>()
  const ids = new Set(workspaces.map(({ connectionId }) => connectionId))
  // Connections are in the order in which they were made.
  for (const id of [...ids].toSorted()) {
    if (taken.size === hues) taken.clear()
    let hue = hueOf(id)
    while (taken.has(hue)) hue = (hue + 1) % hues
    taken.add(hue)
    chosen.set(id, hue)
  }
  return chosen
}

export function workspaceDot(connectionId: string, chosen: WorkspaceHues): Html {
  return html`<span
    class="dot"
    data-hue="${chosen.get(connectionId) ?? hueOf(connectionId)}"
  ></span>`
}
