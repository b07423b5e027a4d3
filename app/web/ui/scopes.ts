// Names Attio's permissions as Attio's developer dashboard labels them, and says what lacking one means.
import type { Lack } from '../../connections/connections.ts'

const labels: ReadonlyMap<string, string> = new Map([
  ['task', 'Tasks'],
  ['user_management', 'User management'],
  ['record_permission', 'Records'],
  ['object_configuration', 'Object configuration'],
  ['note', 'Notes'],
  ['webhook', 'Webhooks'],
])

export type ScopeWords = { readonly label: string; readonly level: string }

/** Turns `task:read-write` into Tasks, Read-write. An unknown scope is shown as Attio spells it. */
export function scopeInWords(scope: string): ScopeWords {
  const [group = scope, level] = scope.split(':')
  return {
    label: labels.get(group) ?? group,
    level: level === 'read-write' ? 'Read-write' : level === 'read' ? 'Read' : (level ?? ''),
  }
}

/** Returns the text after a workspace's name. */
export const costInWords = {
  reading: 'Taskr can’t read its tasks.',
  writing: 'Its tasks are read-only.',
  hearing: 'Changes there show up a minute later.',
} satisfies Record<Lack['costs'], string>
