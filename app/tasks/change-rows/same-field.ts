// Compares two values of a task's field, and applies a person's edits to its lists. Assignees and links are sets.
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

export function isList(field: PatchField): boolean {
  return field === 'assigneeIds' || field === 'linkedRecords'
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

/** A task's two lists. Attio can only set a whole list. */
export type TaskLists = Required<Pick<TaskPatch, 'assigneeIds' | 'linkedRecords'>>

/**
 * Applies edits to lists: what `to` has and `from` lacks is added, what `from` has and `to` lacks is removed, and
 * everything else stays as it is now. Returns the lists that `to` has.
 */
export function editLists(
  now: TaskLists,
  { from, to }: { readonly from: TaskPatch; readonly to: TaskPatch },
): Partial<TaskLists> {
  const { assigneeIds, linkedRecords } = to
  return {
    ...(assigneeIds !== undefined && {
      assigneeIds: edit(now.assigneeIds, {
        from: from.assigneeIds ?? now.assigneeIds,
        to: assigneeIds,
        keyOf: (memberId) => memberId,
      }),
    }),
    ...(linkedRecords !== undefined && {
      linkedRecords: edit(now.linkedRecords, {
        from: from.linkedRecords ?? now.linkedRecords,
        to: linkedRecords,
        keyOf: ({ recordId }) => recordId,
      }),
    }),
  }
}

function edit<Item>(
  now: readonly Item[],
  {
    from,
    to,
    keyOf,
  }: {
    readonly from: readonly Item[]
    readonly to: readonly Item[]
    readonly keyOf: (item: Item) => string
  },
): readonly Item[] {
  const [before, after] = [new Set(from.map(keyOf)), new Set(to.map(keyOf))]
  const kept = now.filter((item) => after.has(keyOf(item)) || !before.has(keyOf(item)))
  const there = new Set(kept.map(keyOf))
  const added = new Map(to.map((item) => [keyOf(item), item]))
  return [
    ...kept,
    ...[...added].flatMap(([key, item]) => (before.has(key) || there.has(key) ? [] : [item])),
  ]
}
