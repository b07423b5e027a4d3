// The standard world: two workspaces with the cases that often break integrations.
import type { Member, Person, Workspace } from '../world/access.ts'
import type { WorldState } from '../world/world.ts'
import { acmeExtras } from './extras.ts'
import { acmeMeetings } from './meetings.ts'
import { acmeRecords, globexRecords } from './records.ts'
import { growWorkspace, type Grown } from './grow-workspace.ts'
import { standard } from './standard.ts'
import { acmeTasks, globexTasks } from './tasks.ts'
import { acmeUsers } from './users.ts'

const dayMs = 86_400_000

export function standardWorld(at: number, taskCount: number | undefined): WorldState {
  const bornAt = at - 90 * dayMs
  const acme = growWorkspace('acme', bornAt)
  const globex = growWorkspace('globex', bornAt)
  acmeRecords(acme, at)
  globexRecords(globex, at)
  acmeExtras(acme, at)
  acmeUsers(acme, at)
  const both = (pick: (grown: Grown) => readonly unknown[]): unknown[] => [
    ...pick(acme.grown),
    ...pick(globex.grown),
  ]
  return {
    version: 1,
    collections: {
      people: people(),
      workspaces: workspaces(bornAt),
      members: members(bornAt),
      objects: both((grown) => grown.objects),
      attributes: both((grown) => grown.attributes),
      options: both((grown) => grown.options),
      records: both((grown) => grown.records),
      lists: both((grown) => grown.lists),
      entries: both((grown) => grown.entries),
      notes: both((grown) => grown.notes),
      comments: both((grown) => grown.comments),
      ...acmeMeetings(acme, at),
      tasks: [...acmeTasks(acme, at, taskCount), ...globexTasks(globex, at)],
    },
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
