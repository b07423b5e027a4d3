// Lists: list, get, create, update. Attio cannot delete a list.
import { z } from 'zod'
import { createList, updateList } from '../../edits/objects.ts'
import { timestamp } from '../../timestamps.ts'
import type { List } from '../../world/records.ts'
import { findList, findObject } from '../../world/find.ts'
import type { World } from '../../world/world.ts'
import type { Call, Handler } from '../requests/call.ts'
import { conflict, notFound, refuse } from '../requests/errors.ts'
import { apiSlug } from '../requests/slugs.ts'
import { readBody } from '../requests/validation.ts'

const level = z.enum(['full-access', 'read-and-write', 'read-only'])
const memberAccess = z.array(z.object({ workspace_member_id: z.guid('Invalid uuid'), level }))

const newList = z.object({
  data: z.object({
    name: z.string().min(1),
    api_slug: apiSlug,
    parent_object: z.string(),
    workspace_access: level.nullable(),
    workspace_member_access: memberAccess,
  }),
})
const listChanges = z.object({
  data: z.object({
    name: z.string().min(1).optional(),
    api_slug: apiSlug.optional(),
    workspace_access: level.nullable().optional(),
    workspace_member_access: memberAccess.optional(),
  }),
})

export const listLists: Handler = ({ world, workspaceId, shapes }) => ({
  // Attio's document does not allow null access, so it has no private lists.
  data: world
    .listsOf(workspaceId)
    .filter((list) => shapes === 'seen' || list.workspaceAccess !== null)
    .map((list) => renderList(world, list)),
})

export const getList: Handler = (call) => ({ data: renderList(call.world, listOfPath(call)) })

export const postList: Handler = (call) => {
  const { data } = readBody(call, newList)
  const parent = findObject(call.world, call.workspaceId, data.parent_object)
  if (!parent) throw notFound(`Parent object with slug/ID "${data.parent_object}" not found.`)
  requireFreeSlug(call, data.api_slug)
  const list = createList(call, {
    slug: data.api_slug,
    name: data.name,
    parentObjectId: parent.id,
    ...accessOf(call, data.workspace_access, data.workspace_member_access),
  })
  return { data: renderList(call.world, list) }
}

export const patchList: Handler = (call) => {
  const list = listOfPath(call)
  const { data } = readBody(call, listChanges)
  if (data.api_slug !== undefined && data.api_slug !== list.slug) {
    requireFreeSlug(call, data.api_slug)
  }
  const workspaceAccess =
    data.workspace_access === undefined ? list.workspaceAccess : data.workspace_access
  const changed = updateList(call, {
    ...list,
    name: data.name ?? list.name,
    slug: data.api_slug ?? list.slug,
    ...accessOf(call, workspaceAccess, data.workspace_member_access ?? wireAccess(list)),
  })
  return { data: renderList(call.world, changed) }
}

export function listOfPath(call: Call): List {
  const slugOrId = call.params['list'] ?? ''
  const list = findList(call.world, call.workspaceId, slugOrId)
  if (!list) throw notFound(`List with slug/ID "${slugOrId}" not found.`)
  return list
}

function requireFreeSlug({ world, workspaceId }: Call, slug: string): void {
  if (!findList(world, workspaceId, slug)) return
  throw conflict('slug_conflict', `A list with api_slug "${slug}" already exists.`)
}

function accessOf(
  { world, workspaceId }: Call,
  workspaceAccess: string | null,
  members: readonly { workspace_member_id: string; level: string }[],
): Pick<List, 'workspaceAccess' | 'memberAccess'> {
  for (const { workspace_member_id: id } of members) {
    if (world.members.get(id.toLowerCase())?.workspaceId === workspaceId) continue
    throw refuse('value_not_found', `Workspace member with ID "${id}" not found.`)
  }
  // The rule is documented; the wording of the refusal is assumed.
  const isManaged =
    workspaceAccess === 'full-access' || members.some((one) => one.level === 'full-access')
  if (!isManaged) {
    throw refuse('validation_type', 'At least one member needs "full-access" to a list.')
  }
  return {
    workspaceAccess,
    memberAccess: members.map((one) => ({
      memberId: one.workspace_member_id.toLowerCase(),
      level: one.level,
    })),
  }
}

function wireAccess(list: List): readonly { workspace_member_id: string; level: string }[] {
  return list.memberAccess.map(({ memberId, level }) => ({ workspace_member_id: memberId, level }))
}

export function renderList(world: World, list: List) {
  return {
    id: { workspace_id: list.workspaceId, list_id: list.id },
    api_slug: list.slug,
    created_at: timestamp(list.createdAt),
    name: list.name,
    workspace_access: list.workspaceAccess,
    workspace_member_access: wireAccess(list),
    // Seen: written as text, read as an array.
    parent_object: [world.objects.get(list.parentObjectId)?.slug ?? list.parentObjectId],
    created_by_actor: list.createdByActor,
  }
}
