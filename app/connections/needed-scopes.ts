// What Taskr asks of Attio, no more: the scopes that reading and changing tasks takes (facts: each task
// operation lists all of its scopes).
import type { Scope } from '@taskr/attio'

/** Without one of these there is nothing to show. */
export const neededScopes = [
  'task:read',
  'object_configuration:read',
  'record_permission:read',
  'user_management:read',
] as const satisfies readonly Scope[]
