// Adds records and what belongs to them to a seed workspace, with fixed ids.
import { fixedUuid } from '../ids.ts'
import type { Actor, Comment, Note } from '../world/entities.ts'
import type { AttioRecord, Entry, List, Value, Values } from '../world/records.ts'
import type { SchemaNames } from './schema/schema.ts'
import { schemaOf, type SeedWorkspaceName } from './schema/seed-schemas.ts'
import { existing, type Contents } from './schema/sketches.ts'
import { families, places, standard } from './standard.ts'

export type Grown = {
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

const systemActor: Actor = { type: 'system', id: null }

export function growWorkspace(name: SeedWorkspaceName): SeedWorkspace {
  const { objectId, attributeOf, optionId } = schemaOf(name)
  const place = places[name]
  const workspaceId = standard.workspaces[name].id
  const { adaAtAcme, edithAtGlobex } = standard.members
  const creator: Actor = {
    type: 'workspace-member',
    id: name === 'acme' ? adaAtAcme : edithAtGlobex,
  }
  const grown: Grown = {
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

function valueOf(actor: Actor, at: number, content: Value['content']): Value {
  return { activeFrom: at, activeUntil: null, createdByActor: actor, content }
}
