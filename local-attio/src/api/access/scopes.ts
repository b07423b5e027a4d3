// The scopes, their labels, and which scope includes another.
import { forbidden } from '../requests/errors.ts'

/** Attio's scope groups with the labels of its dashboard, or our own labels where those are unknown. */
export const scopeGroups = {
  task: 'Tasks',
  user_management: 'User management',
  record_permission: 'Records',
  object_configuration: 'Object configuration',
  list_configuration: 'List configuration',
  list_entry: 'List entries',
  note: 'Notes',
  comment: 'Comments',
  webhook: 'Webhooks',
  meeting: 'Meetings',
  call_recording: 'Call recordings',
  file: 'Files',
  email: 'Emails',
  activity_configuration: 'Activity configuration',
  activity_record: 'Activities',
  sequence_unsubscribe: 'Sequence unsubscribes',
  scim_management: 'SCIM management',
  public_collection: 'Public collections',
  private_collection: 'Private collections',
} as const

export type ScopeGroup = keyof typeof scopeGroups

/** Every scope: read and read-write for each group. */
export const allScopes: readonly string[] = Object.keys(scopeGroups).flatMap((group) => [
  `${group}:read`,
  `${group}:read-write`,
])

/** Returns the needed scopes that the granted ones do not cover. */
export function missingScopes(
  granted: readonly string[],
  needed: readonly string[],
): readonly string[] {
  return needed.filter((scope) => !granted.includes(scope) && !granted.includes(`${scope}-write`))
}

/** Throws Attio's 403 when a scope is missing. assumed: the body, which no recording shows. */
export function requireScopes(granted: readonly string[], needed: readonly string[]): void {
  const missing = missingScopes(granted, needed)
  if (missing.length === 0) return
  throw forbidden(`The access token is missing the required scopes: ${missing.join(', ')}.`)
}
