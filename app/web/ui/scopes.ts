// Attio's permissions, named as they are labelled in Attio's developer dashboard, and what their lack costs.
import type { Lack } from '../../connections/missing-scopes.ts'

const labels: ReadonlyMap<string, string> = new Map([
  ['task', 'Tasks'],
  ['user_management', 'User management'],
  ['record_permission', 'Records'],
  ['object_configuration', 'Object configuration'],
  ['webhook', 'Webhooks'],
])

export type ScopeWords = { readonly label: string; readonly level: string }

/** `task:read-write` → Tasks, Read-write. An unknown scope is shown as Attio wrote it. */
export function scopeInWords(scope: string): ScopeWords {
  const [group = scope, level] = scope.split(':')
  return {
    label: labels.get(group) ?? group,
    level: level === 'read-write' ? 'Read-write' : level === 'read' ? 'Read' : (level ?? ''),
  }
}

/** Said of a workspace that was named before. */
export const costInWords = {
  reading: 'Taskr cannot read its tasks.',
  writing: 'Taskr shows its tasks, and cannot change them.',
  hearing: 'What changes there appears when Taskr looks again, not at once.',
} satisfies Record<Lack['costs'], string>
