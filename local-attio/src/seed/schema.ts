// The objects and attributes of a new workspace (Attio's standard ones, as far as its recordings
// show them), and a way to grow records in it.
import { fixedUuid } from '../ids.ts'
import type {
  AttioObject,
  AttioRecord,
  Attribute,
  AttributeType,
  Option,
  Value,
  Values,
} from '../world/entities.ts'
import { families } from './standard.ts'

export type Grown = {
  readonly objects: AttioObject[]
  readonly attributes: Attribute[]
  readonly options: Option[]
  readonly records: AttioRecord[]
}

export type Contents = Readonly<Record<string, readonly Value['content'][]>>

export type Schema = {
  readonly workspaceId: string
  readonly place: number
  readonly grown: Grown
  objectId(slug: string): string
  optionId(object: string, attribute: string, title: string): string
  addObject(slug: string, nouns: Nouns, attributes: readonly AttributeSketch[]): void
  /** Values by slug. Returns the record's id. */
  addRecord(object: string, createdAt: number, contents: Contents): string
}

export type Nouns = readonly [singular: string, plural: string]

export type AttributeSketch = {
  readonly slug: string
  readonly title: string
  readonly type: AttributeType
  readonly options?: readonly string[]
  /** Slug of the object that a record reference may point to. */
  readonly refersTo?: string
  readonly isUnique?: boolean
  readonly isMultiselect?: boolean
  readonly isRequired?: boolean
  readonly isReadOnly?: boolean
  readonly currency?: string
}

export function createSchema(workspaceId: string, place: number, createdAt: number): Schema {
  const grown: Grown = { objects: [], attributes: [], options: [], records: [] }
  const next = (family: number, list: readonly unknown[]): string =>
    fixedUuid(family, place, list.length + 1)
  const objectId = (slug: string): string =>
    found(grown.objects, (object) => object.slug === slug).id
  const attributeOf = (object: string, slug: string): Attribute =>
    found(grown.attributes, (one) => one.parentId === objectId(object) && one.slug === slug)

  const schema: Schema = {
    workspaceId,
    place,
    grown,
    objectId,
    optionId: (object, attribute, title) => {
      const { id } = attributeOf(object, attribute)
      return found(grown.options, (one) => one.attributeId === id && one.title === title).id
    },
    addObject: (slug, [singularNoun, pluralNoun], sketches) => {
      const id = next(families.object, grown.objects)
      grown.objects.push({ id, workspaceId, slug, singularNoun, pluralNoun, createdAt })
      for (const sketch of [...kept.slice(0, 1), ...sketches, ...kept.slice(1)]) {
        const attribute = attributeFrom(sketch, {
          id: next(families.attribute, grown.attributes),
          workspaceId,
          parentId: id,
          createdAt,
          allowedObjectIds: sketch.refersTo === undefined ? null : [objectId(sketch.refersTo)],
        })
        grown.attributes.push(attribute)
        for (const title of sketch.options ?? []) {
          grown.options.push({
            id: next(families.option, grown.options),
            workspaceId,
            attributeId: attribute.id,
            title,
            isArchived: false,
            isCelebrated: title.startsWith('Won'),
            targetTime: null,
          })
        }
      }
    },
    addRecord: (object, at, contents) => {
      const id = next(families.record, grown.records)
      const createdByActor = { type: 'system', id: null } as const
      const values: Values = {}
      for (const [slug, list] of Object.entries(contents)) {
        values[attributeOf(object, slug).id] = list.map((content) => ({
          activeFrom: at,
          activeUntil: null,
          createdByActor,
          content,
        }))
      }
      grown.records.push({
        id,
        workspaceId,
        objectId: objectId(object),
        createdByActor,
        createdAt: at,
        values,
      })
      return id
    },
  }
  addStandardObjects(schema)
  return schema
}

/** What Attio itself keeps about every record. */
const kept: readonly AttributeSketch[] = [
  { slug: 'record_id', title: 'Record ID', type: 'text', isUnique: true, isReadOnly: true },
  { slug: 'created_at', title: 'Created at', type: 'timestamp', isReadOnly: true },
  { slug: 'created_by', title: 'Created by', type: 'actor-reference', isReadOnly: true },
]

function attributeFrom(
  sketch: AttributeSketch,
  rest: Pick<Attribute, 'id' | 'workspaceId' | 'parentId' | 'createdAt' | 'allowedObjectIds'>,
): Attribute {
  return {
    ...rest,
    parentKind: 'objects',
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
    defaultValue: null,
    relatedAttributeId: null,
    currency: sketch.currency === undefined ? null : { code: sketch.currency, display: 'symbol' },
  }
}

function addStandardObjects(schema: Schema): void {
  schema.addObject(
    'companies',
    ['Company', 'Companies'],
    [
      { slug: 'domains', title: 'Domains', type: 'domain', isUnique: true, isMultiselect: true },
      { slug: 'name', title: 'Name', type: 'text' },
      { slug: 'description', title: 'Description', type: 'text' },
      {
        slug: 'categories',
        title: 'Categories',
        type: 'select',
        isMultiselect: true,
        options: ['Automation', 'Logistics', 'Research'],
      },
      { slug: 'primary_location', title: 'Primary location', type: 'location' },
    ],
  )
  schema.addObject(
    'people',
    ['Person', 'People'],
    [
      { slug: 'name', title: 'Name', type: 'personal-name' },
      {
        slug: 'email_addresses',
        title: 'Email addresses',
        type: 'email-address',
        isUnique: true,
        isMultiselect: true,
      },
      { slug: 'description', title: 'Description', type: 'text' },
      { slug: 'company', title: 'Company', type: 'record-reference', refersTo: 'companies' },
      { slug: 'job_title', title: 'Job title', type: 'text' },
      { slug: 'phone_numbers', title: 'Phone numbers', type: 'phone-number', isMultiselect: true },
    ],
  )
  schema.addObject(
    'deals',
    ['Deal', 'Deals'],
    [
      { slug: 'name', title: 'Deal name', type: 'text', isRequired: true },
      {
        slug: 'stage',
        title: 'Deal stage',
        type: 'status',
        isRequired: true,
        options: ['Lead', 'In Progress', 'Won 🎉', 'Lost'],
      },
      { slug: 'owner', title: 'Deal owner', type: 'actor-reference', isRequired: true },
      { slug: 'value', title: 'Deal value', type: 'currency', currency: 'USD' },
      {
        slug: 'associated_people',
        title: 'Associated people',
        type: 'record-reference',
        refersTo: 'people',
        isMultiselect: true,
      },
      {
        slug: 'associated_company',
        title: 'Associated company',
        type: 'record-reference',
        refersTo: 'companies',
      },
    ],
  )
}

function found<Item>(items: readonly Item[], test: (item: Item) => boolean): Item {
  const item = items.find(test)
  if (item === undefined) throw new Error('The standard seed speaks of something it does not have.')
  return item
}
