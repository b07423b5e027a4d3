// Writes the values of a record or an entry. A replaced value is kept with the instant of its end.
import { refuse } from '../api/requests/errors.ts'
import { keyOf, mainField, recordsWith } from '../values/keys.ts'
import type { Contents } from '../values/read.ts'
import { activeValues } from '../values/render.ts'
import type { Attribute, Value, Values } from '../world/records.ts'
import type { Author } from './author.ts'

/** "append" keeps a multiselect attribute's values and puts the new ones first. */
export type WriteMode = 'append' | 'overwrite'

export function writeValues(
  author: Author,
  before: Values,
  contents: Contents,
  mode: WriteMode,
): Values {
  const after: Values = { ...before }
  for (const [attribute, written] of contents) {
    const existing = before[attribute.id] ?? []
    after[attribute.id] =
      mode === 'append' && attribute.isMultiselect
        ? appended(author, attribute, existing, written)
        : overwritten(author, attribute, existing, written)
  }
  return after
}

type Written = readonly Value['content'][]

function appended(
  author: Author,
  attribute: Attribute,
  existing: readonly Value[],
  written: Written,
): Value[] {
  const known = new Set(keysOf(attribute, existing))
  const fresh = written.filter((content) => !known.has(keyOf(attribute.type, content)))
  return [...fresh.map((content) => newValue(author, content)), ...existing]
}

function overwritten(
  author: Author,
  attribute: Attribute,
  existing: readonly Value[],
  written: Written,
): Value[] {
  const keys = new Map(written.map((content) => [contentKey(attribute, content), content]))
  const kept = existing.map((value) => {
    if (value.activeUntil !== null) return value
    return keys.delete(contentKey(attribute, value.content)) ? value : ended(author, value)
  })
  return [...kept, ...Array.from(keys.values(), (content) => newValue(author, content))]
}

export function newValue({ now, actor }: Author, content: Value['content']): Value {
  return { activeFrom: now, activeUntil: null, createdByActor: actor, content }
}

export function ended({ now }: Author, value: Value): Value {
  return { ...value, activeUntil: now }
}

function keysOf(attribute: Attribute, values: readonly Value[]): string[] {
  const active = values.filter((value) => value.activeUntil === null)
  return active.map((value) => keyOf(attribute.type, value.content))
}

/** Returns a multiselect value's main member, or all members of a single value, as a comparable key. */
function contentKey(attribute: Attribute, content: Value['content']): string {
  return attribute.isMultiselect ? keyOf(attribute.type, content) : JSON.stringify(content)
}

/** Throws Attio's 400 when a required attribute would be left without a value. */
export function requireValues(attributes: readonly Attribute[], values: Values): void {
  for (const attribute of attributes) {
    if (!attribute.isRequired || attribute.isArchived || !attribute.isWritable) continue
    if (activeValues(values, attribute.id).length > 0) continue
    throw refuse(
      'missing_value',
      `Required value for attribute with ID "${attribute.id}" was not provided.`,
    )
  }
}

/** Throws Attio's 400 when another record has the same value of a unique attribute. */
export function requireUnique({ world }: Author, contents: Contents, ownId: string): void {
  for (const [attribute, written] of contents) {
    if (!attribute.isUnique) continue
    for (const content of written) {
      const others = recordsWith(world, attribute, content).filter((other) => other.id !== ownId)
      if (others.length > 0) throw uniquenessConflict(attribute, content)
    }
  }
}

function uniquenessConflict(attribute: Attribute, content: Value['content']) {
  const field = mainField[attribute.type]
  const value = JSON.stringify({ [field]: content[field] })
  return refuse(
    'uniqueness_conflict',
    `The value "${value}" provided for attribute with ID "${attribute.id}" conflicts with one already in the system. This attribute has a uniqueness constraint. Please ensure all values for this attribute do not exist on another record.`,
  )
}

/** Returns the ids of the attributes whose values differ. */
export function changedAttributes(before: Values, after: Values): string[] {
  return Object.keys(after).filter(
    (id) => JSON.stringify(before[id] ?? []) !== JSON.stringify(after[id]),
  )
}
