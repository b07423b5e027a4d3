// Finds conflicts. When a field at Attio has neither the value that the person saw nor the one they want, someone
// changed it there in the meantime, and the newer value at Attio is kept. Lists have no conflicts: a person's additions
// and removals are applied to Attio's list.
import type { TaskPatch } from '../change-rows/change.ts'
import { fieldsOf, isList, sameField, type PatchField } from '../change-rows/same-field.ts'
import type { StoredChange } from '../change-rows/stored-change.ts'

/**
 * Returns the fields that each change loses. Changes of one field build on each other, so when Attio has a value from
 * any of them, none is in conflict.
 */
export function findConflicts(
  changes: readonly StoredChange[],
  observed: TaskPatch,
): ReadonlyMap<StoredChange, readonly PatchField[]> {
  const updates = changes.filter(({ kind }) => kind === 'update')
  const fields = new Set(updates.flatMap(({ wanted }) => fieldsOf(wanted)))
  const lost = new Map<StoredChange, readonly PatchField[]>()
  for (const field of fields) {
    if (isList(field)) continue
    const chain = updates.filter(({ wanted }) => wanted[field] !== undefined)
    const isExpected = chain.some(
      ({ base, wanted }) => sameField(field, base, observed) || sameField(field, wanted, observed),
    )
    if (isExpected) continue
    for (const change of chain) lost.set(change, [...(lost.get(change) ?? []), field])
  }
  return lost
}
