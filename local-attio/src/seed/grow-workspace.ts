// Creates the schema of a seed workspace, with fixed ids.
import { fixedUuid } from '../ids.ts'
import { createSchema, type Grown, type Schema } from './schema.ts'
import { families, places, standard } from './standard.ts'
import { addStandardObjects } from './standard-objects.ts'

export type SeedWorkspace = Schema & {
  /** The number of the workspace in fixed ids. */
  readonly place: number
}

export function growWorkspace(name: 'acme' | 'globex', createdAt: number): SeedWorkspace {
  const place = places[name]
  const { adaAtAcme, edithAtGlobex } = standard.members
  const schema = createSchema({
    workspaceId: standard.workspaces[name].id,
    createdAt,
    creator: { type: 'workspace-member', id: name === 'acme' ? adaAtAcme : edithAtGlobex },
    grown: emptyGrown(),
    nextId: (family, count) => fixedUuid(families[family], place, count + 1),
  })
  addStandardObjects(schema)
  return { ...schema, place }
}

export function emptyGrown(): Grown {
  return {
    objects: [],
    attributes: [],
    options: [],
    records: [],
    lists: [],
    entries: [],
    notes: [],
    comments: [],
  }
}
