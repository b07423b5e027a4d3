// Builds the objects, attributes and options of a workspace.
import type { AttioObject, Attribute, Option } from '../../world/records.ts'
import {
  attributeFrom,
  existing,
  keptForAll,
  recordId,
  type AttributeSketch,
  type Nouns,
  type Parent,
  type Reverse,
} from './sketches.ts'

export type SchemaDocuments = {
  readonly objects: AttioObject[]
  readonly attributes: Attribute[]
  readonly options: Option[]
}

/** The documents that a schema gives ids to. */
export type Family = 'object' | 'attribute' | 'option'

export type Beginning = {
  readonly workspaceId: string
  readonly createdAt: number
  /** What there is already; additions are pushed to it. */
  readonly documents: SchemaDocuments
  /** Returns the id of the next document, of which there are `count` so far. */
  readonly nextId: (family: Family, count: number) => string
}

export type Schema = SchemaNames & {
  readonly documents: SchemaDocuments
  hasObject(slug: string): boolean
  addObject(slug: string, nouns: Nouns, attributes: readonly AttributeSketch[]): void
  addAttributes(parent: Parent, attributes: readonly AttributeSketch[]): void
  /** Creates the other end of a reference. */
  relate(object: string, attribute: string, reverse: Reverse): void
}

/** Finds by name what a schema has. */
export type SchemaNames = {
  readonly objectId: (slug: string) => string
  readonly attributeOf: (parentId: string, slug: string) => Attribute
  readonly optionId: (attributeId: string, title: string) => string
}

export function createSchema(beginning: Beginning): Schema {
  const { workspaceId, createdAt, documents, nextId } = beginning
  const { objects, attributes, options } = documents
  const objectIds = new Map(objects.map(({ id, slug }) => [slug, id]))
  const places = new Map(attributes.map((one, place) => [keyOf(one.parentId, one.slug), place]))
  const optionIds = new Map(options.map((one) => [keyOf(one.attributeId, one.title), one.id]))
  const objectId = (slug: string): string => existing(objectIds.get(slug))
  const placeOf = (parentId: string, slug: string): number =>
    existing(places.get(keyOf(parentId, slug)))

  const addAttribute = (
    parent: Parent,
    sketch: AttributeSketch,
    allowedObjectIds: string[] | null,
  ): Attribute => {
    const attribute = attributeFrom(sketch, {
      id: nextId('attribute', attributes.length),
      workspaceId,
      parentId: parent.id,
      parentKind: parent.kind,
      createdAt,
      allowedObjectIds,
    })
    places.set(keyOf(parent.id, sketch.slug), attributes.push(attribute) - 1)
    for (const title of sketch.options ?? []) {
      const id = nextId('option', options.length)
      options.push(optionFrom(title, { id, workspaceId, attributeId: attribute.id }))
      optionIds.set(keyOf(attribute.id, title), id)
    }
    return attribute
  }

  const schema: Schema = {
    documents,
    objectId,
    hasObject: (slug) => objectIds.has(slug),
    attributeOf: (parentId, slug) => existing(attributes[placeOf(parentId, slug)]),
    optionId: (attributeId, title) => existing(optionIds.get(keyOf(attributeId, title))),
    addObject: (slug, [singularNoun, pluralNoun], sketches) => {
      const id = nextId('object', objects.length)
      objects.push({ id, workspaceId, slug, singularNoun, pluralNoun, createdAt })
      objectIds.set(slug, id)
      schema.addAttributes({ id, kind: 'objects' }, [recordId, ...sketches, ...keptForAll])
    },
    addAttributes: (parent, sketches) => {
      for (const sketch of sketches) {
        const allowed = sketch.refersTo === undefined ? null : [objectId(sketch.refersTo)]
        addAttribute(parent, sketch, allowed)
      }
    },
    relate: (object, slug, reverse) => {
      const place = placeOf(objectId(object), slug)
      const forward = existing(attributes[place])
      const [otherId = ''] = forward.allowedObjectIds ?? []
      const sketch = { ...reverse, type: 'record-reference' } as const
      const backward = addAttribute({ id: otherId, kind: 'objects' }, sketch, [forward.parentId])
      attributes[place] = { ...forward, relatedAttributeId: backward.id }
      attributes[attributes.length - 1] = { ...backward, relatedAttributeId: forward.id }
    },
  }
  return schema
}

function keyOf(parentId: string, name: string): string {
  return `${parentId} ${name}`
}

function optionFrom(
  title: string,
  rest: Pick<Option, 'id' | 'workspaceId' | 'attributeId'>,
): Option {
  return {
    ...rest,
    title,
    isArchived: false,
    isCelebrated: title.startsWith('Won'),
    targetTime: null,
  }
}
