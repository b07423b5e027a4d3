// The name of a workspace as people see it.
import type { ActiveIdentity } from '@taskr/attio'
import { nameFrom } from '../support/visible-text.ts'

/** Returns the identity with a name that can be seen: a name without a visible character gives way to the slug. */
export function withVisibleName(identity: ActiveIdentity): ActiveIdentity {
  const { workspaceName, workspaceSlug } = identity
  const name = nameFrom(workspaceName) || nameFrom(workspaceSlug) || 'Unnamed workspace'
  return { ...identity, workspaceName: name }
}
