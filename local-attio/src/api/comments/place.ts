// Finds the record or entry of a comment or a thread, and the scopes it requires.
import type { Comment } from '../../world/entities.ts'
import { findList } from '../../world/find.ts'
import type { Call } from '../requests/call.ts'
import { notFound, refuse } from '../requests/errors.ts'
import { findObjectOr404 } from '../objects/objects.ts'
import { requireScopes } from '../access/scopes.ts'

export type Place = Pick<Comment, 'objectId' | 'recordId' | 'listId' | 'entryId'>

const recordScopes = ['object_configuration:read', 'record_permission:read']
const entryScopes = ['list_configuration:read', 'list_entry:read']

export function recordPlace(call: Call, slugOrId: string, recordId: string): Place {
  requireScopes(call.token.scopes, recordScopes)
  const object = findObjectOr404(call.world, call.workspaceId, slugOrId)
  const record = call.world.records.get(recordId.toLowerCase())
  if (record?.objectId !== object.id) {
    throw refuse('value_not_found', `Record with ID "${recordId}" not found.`) // assumed
  }
  return { objectId: object.id, recordId: record.id, listId: null, entryId: null }
}

export function entryPlace(call: Call, slugOrId: string, entryId: string): Place {
  requireScopes(call.token.scopes, entryScopes)
  const list = findList(call.world, call.workspaceId, slugOrId)
  if (!list) throw notFound(`List with slug/ID "${slugOrId}" not found.`)
  const entry = call.world.entries.get(entryId.toLowerCase())
  if (entry?.listId !== list.id) {
    throw refuse('value_not_found', `List entry with ID "${entryId}" not found.`) // assumed
  }
  return {
    objectId: list.parentObjectId,
    recordId: entry.parentRecordId,
    listId: list.id,
    entryId: entry.id,
  }
}

/** Returns the scopes for reading a comment: those for reading its record or entry. */
export function requireScopesFor(call: Call, place: Place): void {
  requireScopes(call.token.scopes, place.entryId === null ? recordScopes : entryScopes)
}

export function isAt(place: Place, comment: Comment): boolean {
  return comment.recordId === place.recordId && comment.entryId === place.entryId
}
