// A form's answer per scope group, and the list of scopes that an app keeps.
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

/** The scopes that a form asks for; undefined when it says something that is no level. */
export function scopesOf(form: URLSearchParams): string[] | undefined {
  const scopes: string[] = []
  for (const group of Object.keys(scopeGroups)) {
    const level = form.get(group) ?? 'none'
    if (!levels.some((one) => one.value === level)) return undefined
    if (level !== 'none') scopes.push(`${group}:${level}`)
  }
  return scopes
}
