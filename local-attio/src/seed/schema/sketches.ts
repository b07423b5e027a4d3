// Short descriptions of objects and attributes, from which a workspace's schema is built.
import type { Attribute, AttributeType, Value } from '../../world/records.ts'

export type Parent = { readonly id: string; readonly kind: 'objects' | 'lists' }

export type Nouns = readonly [singular: string, plural: string]

export type Contents = Readonly<Record<string, readonly Value['content'][]>>

/** The reverse attribute of a reference, on the other object. */
export type Reverse = {
  readonly slug: string
  readonly title: string
  readonly isMultiselect: boolean
}

export type AttributeSketch = {
  readonly slug: string
  readonly title: string
  readonly type: AttributeType
  readonly options?: readonly string[]
  /** The slug of the object that a record reference may point to. */
  readonly refersTo?: string
  readonly isUnique?: boolean
  readonly isMultiselect?: boolean
  readonly isRequired?: boolean
  readonly isReadOnly?: boolean
  readonly currency?: string
  readonly defaultValue?: Attribute['defaultValue']
}

export const recordId: AttributeSketch = {
  slug: 'record_id',
  title: 'Record ID',
  type: 'text',
  isUnique: true,
  isReadOnly: true,
}

/** The attributes that Attio maintains for every record and entry. */
export const keptForAll: readonly AttributeSketch[] = [
  { slug: 'created_at', title: 'Created at', type: 'timestamp', isReadOnly: true },
  { slug: 'created_by', title: 'Created by', type: 'actor-reference', isReadOnly: true },
]

type Rest = Pick<
  Attribute,
  'id' | 'workspaceId' | 'parentId' | 'parentKind' | 'createdAt' | 'allowedObjectIds'
>

export function attributeFrom(sketch: AttributeSketch, rest: Rest): Attribute {
  return {
    ...rest,
    slug: sketch.slug,
    title: sketch.title,
    description: null,
    type: sketch.type,
    isSystem: true,
    isWritable: !sketch.isReadOnly,
    isRequired: sketch.isRequired ?? false,
    isUnique: sketch.isUnique ?? false,
    isMultiselect: sketch.isMultiselect ?? false,
    isArchived: false,
    defaultValue: sketch.defaultValue ?? null,
    relatedAttributeId: null,
    currency: sketch.currency === undefined ? null : { code: sketch.currency, display: 'symbol' },
  }
}

/** Returns what was found. Throws when the seed lacks it. */
export function existing<Item>(item: Item | undefined): Item {
  if (item === undefined) throw new Error('The seed names something that it does not have.')
  return item
}

/** Returns the item that passes. Throws when the seed lacks it. */
export function found<Item>(items: readonly Item[], test: (item: Item) => boolean): Item {
  return existing(items.find(test))
}
