// Creates the schema of a seed workspace, with fixed ids, and records in it. All worlds have the same schema but for the
// time of its creation, so it is worked out once.
import { fixedUuid } from '../ids.ts'
import type { Actor, Comment, Note } from '../world/entities.ts'
import type { AttioRecord, Entry, List, Value, Values } from '../world/records.ts'
import { acmeSchema } from './acme-schema.ts'
import { createSchema, type Schema, type SchemaDocuments, type SchemaNames } from './schema.ts'
import { existing, type Contents } from './sketches.ts'
import { families, places, standard } from './standard.ts'
import { addStandardObjects } from './standard-objects.ts'

export type Grown = SchemaDocuments & {
  readonly records: AttioRecord[]
  readonly lists: List[]
  readonly entries: Entry[]
  readonly notes: Note[]
  readonly comments: Comment[]
}

export type SeedWorkspace = Pick<SchemaNames, 'objectId' | 'attributeOf'> & {
  readonly workspaceId: string
  /** The number of the workspace in fixed ids. */
  readonly place: number
  readonly grown: Grown
  optionId(object: string, attribute: string, title: string): string
  /** Adds a record with values by slug, and returns its id. `system` values are Attio's own. */
  addRecord(object: string, createdAt: number, contents: Contents, system?: Contents): string
}

type Name = 'acme' | 'globex'

const systemActor: Actor = { type: 'system', id: null }

export function growWorkspace(name: Name, createdAt: number): SeedWorkspace {
  const { documents, objectId, attributeOf, optionId } = schemaOf(name)
  const place = places[name]
  const workspaceId = standard.workspaces[name].id
  const { adaAtAcme, edithAtGlobex } = standard.members
  const creator: Actor = {
    type: 'workspace-member',
    id: name === 'acme' ? adaAtAcme : edithAtGlobex,
  }
  const grown: Grown = {
    objects: documents.objects.map((object) => ({ ...object, createdAt })),
    attributes: documents.attributes.map((attribute) => ({ ...attribute, createdAt })),
    options: documents.options,
    records: [],
    lists: [],
    entries: [],
    notes: [],
    comments: [],
  }
  const recordsById = new Map<string, AttioRecord>()

  return {
    workspaceId,
    place,
    grown,
    objectId,
    attributeOf,
    optionId: (object, slug, title) => optionId(attributeOf(objectId(object), slug).id, title),
    addRecord: (object, at, contents, system = {}) => {
      const id = fixedUuid(families.record, place, grown.records.length + 1)
      const values: Values = {}
      const reference = { target_object_id: objectId(object), target_record_id: id }
      for (const [actor, bySlug] of [
        [creator, contents],
        [systemActor, system],
      ] as const) {
        for (const [slug, list] of Object.entries(bySlug)) {
          const attribute = attributeOf(objectId(object), slug)
          values[attribute.id] = list.map((content) => valueOf(actor, at, content))
          const other = attribute.relatedAttributeId
          if (other === null) continue
          // The other end of the relationship.
          for (const { target_record_id: target } of list) {
            const { values: others } = existing(
              recordsById.get(typeof target === 'string' ? target : ''),
            )
            others[other] = [...(others[other] ?? []), valueOf(creator, at, reference)]
          }
        }
      }
      const record = {
        id,
        workspaceId,
        objectId: objectId(object),
        createdByActor: creator,
        createdAt: at,
        values,
      }
      grown.records.push(record)
      recordsById.set(id, record)
      return id
    },
  }
}

/** Module state: schemas that never change. */
const schemas = new Map<Name, Schema>()

function schemaOf(name: Name): Schema {
  const known = schemas.get(name)
  if (known !== undefined) return known
  const schema = createSchema({
    workspaceId: standard.workspaces[name].id,
    createdAt: 0,
    documents: { objects: [], attributes: [], options: [] },
    nextId: (family, count) => fixedUuid(families[family], places[name], count + 1),
  })
  addStandardObjects(schema)
  if (name === 'acme') acmeSchema(schema)
  freeze(schema.documents)
  schemas.set(name, schema)
  return schema
}

/** Worlds share these documents, and what they hold. */
function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  for (const part of Object.values(value)) freeze(part)
  Object.freeze(value)
}

function valueOf(actor: Actor, at: number, content: Value['content']): Value {
  return { activeFrom: at, activeUntil: null, createdByActor: actor, content }
}
