// The colour of a workspace's dot or a member's initials: one of eight. It is a number for the style sheet, because the
// content security policy allows no inline style.
import { html, type Html } from './html.ts'

export const hues = 8

/** Always the same for the same id. */
export function hueOf(id: string): number {
  let sum = 0
  for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 65_521
  return sum % hues
}

export type WorkspaceHues = ReadonlyMap<string, number>

/** Each workspace of an account has its own, while there are enough, and keeps it when another is connected. */
export function workspaceHues(
  workspaces: readonly { readonly connectionId: string }[],
): WorkspaceHues {
  const chosen = new Map<string, number>()
  const taken = new Set<number>()
  const ids = new Set(workspaces.map(({ connectionId }) => connectionId))
  // They are in the order of connecting.
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
