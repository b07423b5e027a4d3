// Attio's permission scopes: their names, and their labels in the developer dashboard.
// Source: docs.attio.com/rest-api/guides/authentication; labels marked `assumed` were not seen.

/** `x:read-write` includes `x:read`. */
export type ScopeLevel = 'read' | 'read-write'
export type ScopeGroup = keyof typeof scopeLabels
export type Scope = `${ScopeGroup}:${ScopeLevel}`

/** The label of each group on the Scopes tab of the developer dashboard (build.attio.com). */
export const scopeLabels = {
  user_management: 'User management',
  record_permission: 'Records',
  object_configuration: 'Object configuration',
  task: 'Tasks',
  list_entry: 'List entries', // assumed, as are all below
  list_configuration: 'List configuration',
  public_collection: 'Public collections',
  private_collection: 'Private collections',
  comment: 'Comments',
  note: 'Notes',
  meeting: 'Meetings',
  call_recording: 'Call recordings',
  webhook: 'Webhooks',
  file: 'Files',
  email: 'Emails',
  activity_configuration: 'Activity configuration',
  activity_record: 'Activity records',
  sequence_unsubscribe: 'Sequence unsubscribes',
  scim_management: 'SCIM management',
} as const

/** The scopes for reading tasks; all four are needed. Source: docs.attio.com/rest-api/endpoint-reference/tasks/list-tasks */
export const scopesToReadTasks = [
  'task:read',
  'object_configuration:read',
  'record_permission:read',
  'user_management:read',
] as const satisfies readonly Scope[]

/** The scopes for creating and updating tasks. Deleting needs only `task:read-write`. */
export const scopesToWriteTasks = [
  'task:read-write',
  'object_configuration:read',
  'record_permission:read',
  'user_management:read',
] as const satisfies readonly Scope[]

/** The scopes for creating notes on records. Source: docs.attio.com/rest-api/endpoint-reference/notes/create-note */
export const scopesToWriteNotes = [
  'note:read-write',
  'object_configuration:read',
  'record_permission:read',
] as const satisfies readonly Scope[]

export interface ScopeDescription {
  /** The scope in the API's spelling, for example `task:read-write`. */
  readonly scope: string
  /** The group in the dashboard's spelling; the bare name for a scope this package does not know. */
  readonly label: string
  readonly level: ScopeLevel | undefined
}

/**
 * Describes a scope in the dashboard's words.
 *
 * @example
 * describeScope('task:read-write') // { scope: 'task:read-write', label: 'Tasks', level: 'read-write' }
 */
export function describeScope(scope: string): ScopeDescription {
  const { group, level } = splitScope(scope)
  return { scope, label: isScopeGroup(group) ? scopeLabels[group] : group, level }
}

/**
 * Returns the needed scopes that are not granted, in their given order.
 *
 * @example
 * missingScopes(['task:read', 'note:read'], ['task:read-write']) // ['note:read']
 */
export function missingScopes<S extends string>(
  needed: readonly S[],
  granted: readonly string[],
): S[] {
  const held = new Set(granted)
  const isHeld = (scope: string) =>
    held.has(scope) || (scope.endsWith(':read') && held.has(`${scope}-write`))
  return needed.filter((scope) => !isHeld(scope))
}

function splitScope(scope: string): { group: string; level: ScopeLevel | undefined } {
  const [group = scope, level] = scope.split(':')
  return { group, level: level === 'read' || level === 'read-write' ? level : undefined }
}

function isScopeGroup(text: string): text is ScopeGroup {
  return Object.hasOwn(scopeLabels, text)
}
