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

/** Returns a person's hue: the same in every workspace, where only their member ID differs. */
export function personHue(name: string): number {
  return hueOf(name.trim().toLowerCase())
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

/** The dot is decoration beside the workspace's name; alone, it has the name as its label. */
export function workspaceDot(
  workspace: { readonly connectionId: string; readonly workspaceName: string },
  chosen: WorkspaceHues,
  as: 'name' | 'decoration' = 'name',
): Html {
  return dot(hueOfWorkspace(workspace, chosen), as === 'name' ? workspace.workspaceName : undefined)
}

export function hueOfWorkspace(
  { connectionId }: { readonly connectionId: string },
  chosen: WorkspaceHues,
): number {
  return chosen.get(connectionId) ?? hueOf(connectionId)
}

export function dot(hue: number, label: string | undefined): Html {
  return html`<span
    class="dot"
    data-hue="${hue}"
    ${label === undefined ? '' : html`role="img" title="${label}"`}
  ></span>`
}
