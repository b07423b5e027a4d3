// Objects, lists, their attributes and values, records and entries, as the world stores them.
import { z } from 'zod'
import { actor, id, instant, nanoseconds } from './entities.ts'

export const object = z.strictObject({
  id,
  workspaceId: id,
  slug: z.string(),
  singularNoun: z.string(),
  pluralNoun: z.string(),
  createdAt: instant,
})
export type AttioObject = z.infer<typeof object>

export const attributeType = z.enum([
  'text',
  'number',
  'checkbox',
  'currency',
  'date',
  'timestamp',
  'rating',
  'status',
  'select',
  'record-reference',
  'actor-reference',
  'location',
  'domain',
  'email-address',
  'phone-number',
  'interaction',
  'personal-name',
])
export type AttributeType = z.infer<typeof attributeType>

/** The members of a value that depend on its type. */
const contents = z.record(z.string(), z.json())

export const attribute = z.strictObject({
  id,
  workspaceId: id,
  /** The object or list it belongs to. */
  parentId: id,
  parentKind: z.enum(['objects', 'lists']),
  slug: z.string(),
  title: z.string(),
  description: z.string().nullable(),
  type: attributeType,
  isSystem: z.boolean(),
  isWritable: z.boolean(),
  isRequired: z.boolean(),
  isUnique: z.boolean(),
  isMultiselect: z.boolean(),
  isArchived: z.boolean(),
  /** A fixed default as contents, or the name of a default that depends on the time and the author. */
  defaultValue: z
    .union([
      z.strictObject({ type: z.literal('static'), contents: z.array(contents) }),
      z.strictObject({ type: z.literal('dynamic'), template: z.string() }),
    ])
    .nullable(),
  /** The attribute on the other object, for a relationship. */
  relatedAttributeId: id.nullable(),
  currency: z.strictObject({ code: z.string(), display: z.string() }).nullable(),
  allowedObjectIds: z.array(id).nullable(),
  createdAt: instant,
})
export type Attribute = z.infer<typeof attribute>

/** An option of a select attribute, or a status of a status attribute. */
export const option = z.strictObject({
  id,
  workspaceId: id,
  attributeId: id,
  title: z.string(),
  isArchived: z.boolean(),
  /** Stages only: `celebration_enabled` and `target_time_in_status`. */
  isCelebrated: z.boolean(),
  targetTime: z.string().nullable(),
})
export type Option = z.infer<typeof option>

/**
 * One value of an attribute. `content` holds the members that Attio's answer has for the type,
 * except that a select or status keeps `option_id` and a record reference keeps `target_object_id`.
 */
export const value = z.strictObject({
  activeFrom: instant,
  activeFromNanoseconds: nanoseconds,
  activeUntil: instant.nullable(),
  activeUntilNanoseconds: nanoseconds,
  createdByActor: actor,
  content: contents,
})
export type Value = z.infer<typeof value>

/** Values by attribute id, in the order in which Attio shows them; past ones are in between. */
const values = z.record(z.string(), z.array(value))
export type Values = z.infer<typeof values>

export const record = z.strictObject({
  id,
  workspaceId: id,
  objectId: id,
  createdByActor: actor,
  createdAt: instant,
  values,
})
export type AttioRecord = z.infer<typeof record>

export const list = z.strictObject({
  id,
  workspaceId: id,
  slug: z.string(),
  name: z.string(),
  parentObjectId: id,
  workspaceAccess: z.string().nullable(),
  memberAccess: z.array(z.strictObject({ memberId: id, level: z.string() })),
  createdByActor: actor,
  createdAt: instant,
})
export type List = z.infer<typeof list>

export const entry = z.strictObject({
  id,
  workspaceId: id,
  listId: id,
  parentRecordId: id,
  createdByActor: actor,
  createdAt: instant,
  values,
})
export type Entry = z.infer<typeof entry>
