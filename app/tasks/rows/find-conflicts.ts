// Who changed a field last? A change was made over what a person saw. When Attio says something else of a field, neither
// what they saw nor what they want, then somebody changed it there meanwhile: theirs is newer, and stands.
import type { TaskPatch } from './change.ts'
import { fieldsOf, sameField, type PatchField } from './same-field.ts'
import type { StoredChange } from './stored-change.ts'

/**
 * For each change that loses, the fields it loses. Changes of one field build upon each other: what any of them wants
 * may be what Attio has by now, and then none of them is in conflict.
 */
export function findConflicts(
  changes: readonly StoredChange[],
  observed: TaskPatch,
): ReadonlyMap<StoredChange, readonly PatchField[]> {
  const updates = changes.filter(({ kind }) => kind === 'update')
  const fields = new Set(updates.flatMap(({ wanted }) => fieldsOf(wanted)))
  const lost = new Map<StoredChange, readonly PatchField[]>()
  for (const field of fields) {
    const chain = updates.filter(({ wanted }) => wanted[field] !== undefined)
    const isExpected = chain.some(
      ({ base, wanted }) => sameField(field, base, observed) || sameField(field, wanted, observed),
    )
    if (isExpected) continue
    for (const change of chain) lost.set(change, [...(lost.get(change) ?? []), field])
  }
  return lost
}
