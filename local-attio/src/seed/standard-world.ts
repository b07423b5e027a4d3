// The standard world: two workspaces with the cases that often break integrations.
import type { Member, Person, Workspace } from '../world/access.ts'
import type { SeedDocuments } from '../world/world.ts'
import { growAcme, growGlobex } from './grown-workspaces.ts'
import type { Grown } from './grow-workspace.ts'
import { acmeMeetings } from './meetings.ts'
import { once } from './once.ts'
import {
  attributesOf,
  objectsOf,
  optionsOf,
  seedWorkspaceNames as names,
} from './schema/seed-schemas.ts'
import { standard } from './standard.ts'
import { acmeTasks, globexTasks } from './tasks.ts'

const dayMs = 86_400_000

/** Returns the documents of the standard world; each list is built when it is asked for. */
export function standardWorld(at: number, taskCount: number | undefined): SeedDocuments {
  const bornAt = at - 90 * dayMs
  const acme = once(() => growAcme(at))
  const globex = once(() => growGlobex(at))
  const fromBoth =
    <Item>(pick: (grown: Grown) => readonly Item[]) =>
    (): readonly Item[] => [...pick(acme().grown), ...pick(globex().grown)]
  const meetings = once(() => acmeMeetings(acme(), at))
  return {
    people,
    workspaces: () => workspaces(bornAt),
    members: () => members(bornAt),
    objects: () => names.flatMap((name) => objectsOf(name, bornAt)),
    attributes: () => names.flatMap((name) => attributesOf(name, bornAt)),
    options: () => names.flatMap(optionsOf),
    records: fromBoth((grown) => grown.records),
    lists: fromBoth((grown) => grown.lists),
    entries: fromBoth((grown) => grown.entries),
    notes: fromBoth((grown) => grown.notes),
    comments: fromBoth((grown) => grown.comments),
    meetings: () => meetings().meetings,
    callRecordings: () => meetings().callRecordings,
    tasks: () => [...acmeTasks(at, taskCount), ...globexTasks(at)],
  }
}

function people(): Person[] {
  return Object.values(standard.people)
}

function workspaces(createdAt: number): Workspace[] {
  return Object.values(standard.workspaces).map(({ id, name, slug }) => ({
    id,
    name,
    slug,
    logoUrl: null,
    createdAt,
  }))
}

function members(createdAt: number): Member[] {
  const { acme, globex } = standard.workspaces
  const { ada, ben, cleo, dana, edith } = standard.people
  const ids = standard.members
  const member = (
    id: string,
    workspaceId: string,
    person: Person,
    accessLevel: Member['accessLevel'],
  ): Member => ({
    id,
    workspaceId,
    personId: person.id,
    firstName: person.firstName,
    lastName: person.lastName,
    emailAddress: person.emailAddress,
    avatarUrl: null,
    accessLevel,
    createdAt,
  })
  return [
    member(ids.adaAtAcme, acme.id, ada, 'admin'),
    member(ids.benAtAcme, acme.id, ben, 'member'),
    member(ids.cleoAtAcme, acme.id, cleo, 'suspended'),
    member(ids.danaAtAcme, acme.id, dana, 'member'),
    member(ids.adaAtGlobex, globex.id, ada, 'admin'),
    member(ids.edithAtGlobex, globex.id, edith, 'admin'),
  ]
}
