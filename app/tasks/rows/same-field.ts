// Compares two values of a task's field: assignees and links are sets.
import type { TaskPatch } from './change.ts'

export const patchFields = [
  'deadlineAt',
  'isCompleted',
  'assigneeIds',
  'linkedRecords',
] as const satisfies readonly (keyof TaskPatch)[]

export type PatchField = (typeof patchFields)[number]

/** Returns the fields that a patch sets. */
export function fieldsOf(patch: TaskPatch): readonly PatchField[] {
  return patchFields.filter((field) => patch[field] !== undefined)
}

export function sameField(field: PatchField, one: TaskPatch, other: TaskPatch): boolean {
  return meaning(field, one) === meaning(field, other)
}

/** Attio names an object by slug or by ID, so links are compared by record alone. */
function meaning(field: PatchField, patch: TaskPatch): string {
  switch (field) {
    case 'deadlineAt':
    case 'isCompleted':
      return String(patch[field])
    case 'assigneeIds':
      return [...new Set(patch.assigneeIds)].toSorted().join(' ')
    case 'linkedRecords':
      return [...new Set(patch.linkedRecords?.map(({ recordId }) => recordId))].toSorted().join(' ')
  }
}

export function only(patch: TaskPatch, fields: readonly PatchField[]): TaskPatch {
  const { deadlineAt, isCompleted, assigneeIds, linkedRecords } = patch
  const keeps = (field: PatchField): boolean => fields.includes(field)
  return {
    ...(deadlineAt !== undefined && keeps('deadlineAt') && { deadlineAt }),
    ...(isCompleted !== undefined && keeps('isCompleted') && { isCompleted }),
    ...(assigneeIds !== undefined && keeps('assigneeIds') && { assigneeIds }),
    ...(linkedRecords !== undefined && keeps('linkedRecords') && { linkedRecords }),
  }
}

export function without(patch: TaskPatch, fields: readonly PatchField[]): TaskPatch {
  return only(
    patch,
    patchFields.filter((field) => !fields.includes(field)),
  )
}
