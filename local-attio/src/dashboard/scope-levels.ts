// Converts a form's level per scope group to and from an app's list of scopes.
import { scopeGroups } from '../api/access/scopes.ts'
import type { Choice } from '../pages/fields.ts'

export const levels: readonly Choice[] = [
  { value: 'none', label: 'None' },
  { value: 'read', label: 'Read' },
  { value: 'read-write', label: 'Read and write' },
]

export function levelOf(scopes: readonly string[], group: string): string {
  if (scopes.includes(`${group}:read-write`)) return 'read-write'
  return scopes.includes(`${group}:read`) ? 'read' : 'none'
}

/** Returns the scopes of a form; undefined when it has an unknown level. */
export function scopesOf(form: URLSearchParams): string[] | undefined {
  const scopes: string[] = []
  for (const group of Object.keys(scopeGroups)) {
    const level = form.get(group) ?? 'none'
    if (!levels.some((one) => one.value === level)) return undefined
    if (level !== 'none') scopes.push(`${group}:${level}`)
  }
  return scopes
}
