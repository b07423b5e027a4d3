// The name of a workspace as people see it.
import type { ActiveIdentity } from '@taskr/attio'
import { nameFrom } from '../support/visible-text.ts'

/** Returns the identity with a name that can be seen: a name without a visible character gives way to the slug. */
export function withVisibleName(identity: ActiveIdentity): ActiveIdentity {
  const { workspaceName, workspaceSlug } = identity
  const name = nameFrom(workspaceName) || nameFrom(workspaceSlug) || 'Unnamed workspace'
  return { ...identity, workspaceName: name }
}

type NamedWorkspace = {
  readonly workspaceId: string
  readonly workspaceName: string
  readonly workspaceSlug: string
}

/** Adds the slug to the name of each workspace that another one shares, in any case and however it is encoded. */
export function withDistinctNames<Named extends NamedWorkspace>(
  all: readonly Named[],
): readonly Named[] {
  if (all.length < 2) return all
  const idsByName = Map.groupBy(all, keyOfName)
  return all.map((one) => {
    const others = idsByName
      .get(keyOfName(one))
      ?.filter((each) => each.workspaceId !== one.workspaceId)
    if (others === undefined || others.length === 0 || one.workspaceSlug === '') return one
    return { ...one, workspaceName: `${one.workspaceName} (${one.workspaceSlug})` }
  })
}

function keyOfName({ workspaceName }: NamedWorkspace): string {
  return workspaceName.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase()
}
