// The objects and attributes of a new workspace (Attio's standard ones, as far as its recordings
// show them), and a way to grow records in it.
import { fixedUuid } from '../ids.ts'
import type {
  Actor,
  AttioObject,
  AttioRecord,
  Attribute,
  AttributeType,
  Comment,
  Entry,
  List,
  Note,
  Option,
  Value,
  Values,
} from '../world/entities.ts'
import { addStandardObjects } from './standard-objects.ts'
import { families, standard } from './standard.ts'

export type Grown = {
  readonly objects: AttioObject[]
  readonly attributes: Attribute[]
  readonly options: Option[]
  readonly records: AttioRecord[]
  readonly lists: List[]
  readonly entries: Entry[]
  readonly notes: Note[]
  readonly comments: Comment[]
}

export type Contents = Readonly<Record<string, readonly Value['content'][]>>

export type Schema = {
  readonly workspaceId: string
  readonly place: number
  readonly grown: Grown
  objectId(slug: string): string
  optionId(object: string, attribute: string, title: string): string
  addObject(slug: string, nouns: Nouns, attributes: readonly AttributeSketch[]): void
  addAttributes(parent: Parent, attributes: readonly AttributeSketch[]): void
  /** Makes the other end of a reference: an attribute that says the same from there. */
  relate(object: string, attribute: string, reverse: Reverse): void
  /** Values by slug. Returns the record's id. */
  addRecord(object: string, createdAt: number, contents: Contents): string
}

export type Parent = { readonly id: string; readonly kind: 'objects' | 'lists' }

export type Reverse = {
  readonly slug: string
  readonly title: string
  readonly isMultiselect: boolean
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
  const grown: Grown = {
    objects: [],
    attributes: [],
    options: [],
    records: [],
    lists: [],
    entries: [],
    notes: [],
    comments: [],
  }
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
      schema.addAttributes({ id, kind: 'objects' }, [recordId, ...sketches, ...keptForAll])
    },
    addAttributes: (parent, sketches) => {
      for (const sketch of sketches) {
        const attribute = attributeFrom(sketch, {
          id: next(families.attribute, grown.attributes),
          workspaceId,
          parentId: parent.id,
          parentKind: parent.kind,
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
    relate: (object, slug, reverse) => {
      const forward = attributeOf(object, slug)
      const [otherId = ''] = forward.allowedObjectIds ?? []
      const sketch = { ...reverse, type: 'record-reference' } as const
      const backward = attributeFrom(sketch, {
        id: next(families.attribute, grown.attributes),
        workspaceId,
        parentId: otherId,
        parentKind: 'objects',
        createdAt,
        allowedObjectIds: [forward.parentId],
      })
      grown.attributes[grown.attributes.indexOf(forward)] = {
        ...forward,
        relatedAttributeId: backward.id,
      }
      grown.attributes.push({ ...backward, relatedAttributeId: forward.id })
    },
    addRecord: (object, at, contents) => {
      const id = next(families.record, grown.records)
      const createdByActor = creatorOf(workspaceId)
      const values: Values = {}
      const valueOf = (content: Value['content']): Value => ({
        activeFrom: at,
        activeUntil: null,
        createdByActor,
        content,
      })
      for (const [slug, list] of Object.entries(contents)) {
        const attribute = attributeOf(object, slug)
        values[attribute.id] = list.map(valueOf)
        const { relatedAttributeId: other } = attribute
        if (other === null) continue
        const back = { target_object_id: objectId(object), target_record_id: id }
        for (const content of list) {
          const target = found(grown.records, (one) => one.id === content['target_record_id'])
          target.values[other] = [...(target.values[other] ?? []), valueOf(back)]
        }
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

const recordId: AttributeSketch = {
  slug: 'record_id',
  title: 'Record ID',
  type: 'text',
  isUnique: true,
  isReadOnly: true,
}

/** What Attio itself keeps about every record and entry. */
export const keptForAll: readonly AttributeSketch[] = [
  { slug: 'created_at', title: 'Created at', type: 'timestamp', isReadOnly: true },
  { slug: 'created_by', title: 'Created by', type: 'actor-reference', isReadOnly: true },
]

function attributeFrom(
  sketch: AttributeSketch,
  rest: Pick<
    Attribute,
    'id' | 'workspaceId' | 'parentId' | 'parentKind' | 'createdAt' | 'allowedObjectIds'
  >,
): Attribute {
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
    defaultValue: null,
    relatedAttributeId: null,
    currency: sketch.currency === undefined ? null : { code: sketch.currency, display: 'symbol' },
  }
}

/** An admin made everything. */
function creatorOf(workspaceId: string): Actor {
  const { adaAtAcme, edithAtGlobex } = standard.members
  const isAcme = workspaceId === standard.workspaces.acme.id
  return { type: 'workspace-member', id: isAcme ? adaAtAcme : edithAtGlobex }
}

export function found<Item>(items: readonly Item[], test: (item: Item) => boolean): Item {
  const item = items.find(test)
  if (item === undefined) throw new Error('The standard seed speaks of something it does not have.')
  return item
}
