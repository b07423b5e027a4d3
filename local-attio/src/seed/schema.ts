// Builds the objects and attributes of a workspace, and records in them.
import type { Actor, Comment, Note } from '../world/entities.ts'
import type {
  AttioObject,
  AttioRecord,
  Attribute,
  Entry,
  List,
  Option,
  Value,
  Values,
} from '../world/records.ts'
import {
  attributeFrom,
  found,
  keptForAll,
  recordId,
  type AttributeSketch,
  type Contents,
  type Nouns,
  type Parent,
  type Reverse,
} from './sketches.ts'

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

/** The documents that a schema gives ids to. */
export type Family = 'object' | 'attribute' | 'option' | 'record'

export type Beginning = {
  readonly workspaceId: string
  readonly createdAt: number
  readonly creator: Actor
  readonly grown: Grown
  /** Returns the id of the next document, of which there are `count` so far. */
  readonly nextId: (family: Family, count: number) => string
}

export type Schema = {
  readonly workspaceId: string
  readonly grown: Grown
  objectId(slug: string): string
  hasObject(slug: string): boolean
  optionId(object: string, attribute: string, title: string): string
  addObject(slug: string, nouns: Nouns, attributes: readonly AttributeSketch[]): void
  addAttributes(parent: Parent, attributes: readonly AttributeSketch[]): void
  /** Creates the other end of a reference. */
  relate(object: string, attribute: string, reverse: Reverse): void
  /** Adds a record with values by slug, and returns its id. `system` values are Attio's own. */
  addRecord(object: string, createdAt: number, contents: Contents, system?: Contents): string
}

const systemActor: Actor = { type: 'system', id: null }

export function createSchema(beginning: Beginning): Schema {
  const { workspaceId, createdAt, creator, grown, nextId } = beginning
  const objectId = (slug: string): string => found(grown.objects, (one) => one.slug === slug).id
  const attributeOf = (object: string, slug: string): Attribute =>
    found(grown.attributes, (one) => one.parentId === objectId(object) && one.slug === slug)

  const schema: Schema = {
    workspaceId,
    grown,
    objectId,
    hasObject: (slug) => grown.objects.some((one) => one.slug === slug),
    optionId: (object, attribute, title) => {
      const { id } = attributeOf(object, attribute)
      return found(grown.options, (one) => one.attributeId === id && one.title === title).id
    },
    addObject: (slug, [singularNoun, pluralNoun], sketches) => {
      const id = nextId('object', grown.objects.length)
      grown.objects.push({ id, workspaceId, slug, singularNoun, pluralNoun, createdAt })
      schema.addAttributes({ id, kind: 'objects' }, [recordId, ...sketches, ...keptForAll])
    },
    addAttributes: (parent, sketches) => {
      for (const sketch of sketches) {
        const allowed = sketch.refersTo === undefined ? null : [objectId(sketch.refersTo)]
        addAttribute(beginning, parent, sketch, allowed)
      }
    },
    relate: (object, slug, reverse) => {
      relate(beginning, attributeOf(object, slug), reverse)
    },
    addRecord: (object, at, contents, system = {}) => {
      const id = nextId('record', grown.records.length)
      const values: Values = {}
      for (const [actor, bySlug] of [
        [creator, contents],
        [systemActor, system],
      ] as const) {
        for (const [slug, list] of Object.entries(bySlug)) {
          const attribute = attributeOf(object, slug)
          values[attribute.id] = list.map((content) => valueOf(actor, at, content))
          referBack(beginning, attribute, { id, objectId: objectId(object) }, values, at)
        }
      }
      grown.records.push({
        id,
        workspaceId,
        objectId: objectId(object),
        createdByActor: creator,
        createdAt: at,
        values,
      })
      return id
    },
  }
  return schema
}

function addAttribute(
  { workspaceId, createdAt, grown, nextId }: Beginning,
  parent: Parent,
  sketch: AttributeSketch,
  allowedObjectIds: string[] | null,
): Attribute {
  const attribute = attributeFrom(sketch, {
    id: nextId('attribute', grown.attributes.length),
    workspaceId,
    parentId: parent.id,
    parentKind: parent.kind,
    createdAt,
    allowedObjectIds,
  })
  grown.attributes.push(attribute)
  for (const title of sketch.options ?? []) {
    grown.options.push({
      id: nextId('option', grown.options.length),
      workspaceId,
      attributeId: attribute.id,
      title,
      isArchived: false,
      isCelebrated: title.startsWith('Won'),
      targetTime: null,
    })
  }
  return attribute
}

function relate(beginning: Beginning, forward: Attribute, reverse: Reverse): void {
  const { attributes } = beginning.grown
  const [otherId = ''] = forward.allowedObjectIds ?? []
  const sketch = { ...reverse, type: 'record-reference' } as const
  const parent = { id: otherId, kind: 'objects' } as const
  const backward = addAttribute(beginning, parent, sketch, [forward.parentId])
  attributes[attributes.indexOf(forward)] = { ...forward, relatedAttributeId: backward.id }
  attributes[attributes.indexOf(backward)] = { ...backward, relatedAttributeId: forward.id }
}

function valueOf(actor: Actor, at: number, content: Value['content']): Value {
  return { activeFrom: at, activeUntil: null, createdByActor: actor, content }
}

/** Writes the other end of a relationship to the records that a new record refers to. */
function referBack(
  { creator, grown }: Beginning,
  { id: attributeId, relatedAttributeId: other }: Attribute,
  from: { readonly id: string; readonly objectId: string },
  values: Values,
  at: number,
): void {
  if (other === null) return
  const back = { target_object_id: from.objectId, target_record_id: from.id }
  for (const { content } of values[attributeId] ?? []) {
    const target = found(grown.records, (one) => one.id === content['target_record_id'])
    target.values[other] = [...(target.values[other] ?? []), valueOf(creator, at, back)]
  }
}
