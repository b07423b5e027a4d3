// Comments: create (in a thread, on a record, on an entry), get, delete.
import { z } from 'zod'
import { createComment, deleteComment } from '../../edits/comments.ts'
import { timestamp, timestampOrNull } from '../../timestamps.ts'
import type { Comment } from '../../world/entities.ts'
import type { Call, Handler } from '../requests/call.ts'
import { notFound, refuse } from '../requests/errors.ts'
import { createdAt, instant } from '../requests/instant.ts'
import { readBody, readUuid } from '../requests/validation.ts'
import { entryPlace, recordPlace, requireScopesFor, type Place } from './place.ts'

const uuid = z.guid('Invalid uuid')
const text = {
  format: z.literal('plaintext'),
  content: z.string(),
  author: z.object({ type: z.literal('workspace-member'), id: uuid }),
  created_at: instant.optional(),
}

const newComment = z.object({
  data: z.union([
    z.strictObject({ ...text, thread_id: uuid }),
    z.strictObject({
      ...text,
      record: z.object({ object: z.string(), record_id: uuid }),
    }),
    z.strictObject({ ...text, entry: z.object({ list: z.string(), entry_id: uuid }) }),
  ]),
})

type NewComment = z.infer<typeof newComment>['data']

export const postComment: Handler = (call) => {
  const { data } = readBody(call, newComment)
  const { threadId, ...place } = threadOf(call, data)
  const author = call.world.members.get(data.author.id.toLowerCase())
  if (author?.workspaceId !== call.workspaceId) {
    throw refuse('value_not_found', `Workspace member with ID "${data.author.id}" not found.`) // assumed
  }
  const comment = createComment(call, {
    threadId,
    objectId: place.objectId,
    recordId: place.recordId,
    listId: place.listId,
    entryId: place.entryId,
    content: data.content,
    author: { type: 'workspace-member', id: author.id },
    ...createdAt(data.created_at ?? { ms: call.now, nanoseconds: 0 }),
  })
  return { data: renderComment(call, comment) }
}

export const getComment: Handler = (call) => {
  const id = readUuid(call, 'comment_id')
  const comment = call.world.comments.get(id)
  if (comment?.workspaceId !== call.workspaceId) {
    throw notFound(`Comment with ID "${id}" was not found.`)
  }
  requireScopesFor(call, comment)
  return { data: renderComment(call, comment) }
}

export const removeComment: Handler = (call) => {
  const id = readUuid(call, 'comment_id')
  const comment = call.world.comments.get(id)
  if (comment?.workspaceId !== call.workspaceId) {
    throw notFound(`Could not find Comment with ID "${id}".`)
  }
  deleteComment(call, comment)
  return {}
}

function threadOf(call: Call, data: NewComment): Place & { readonly threadId: string | null } {
  if ('record' in data) {
    const place = recordPlace(call, data.record.object, data.record.record_id)
    return { ...place, threadId: null }
  }
  if ('entry' in data) {
    const place = entryPlace(call, data.entry.list, data.entry.entry_id)
    return { ...place, threadId: null }
  }
  const first = call.world
    .commentsOf(call.workspaceId)
    .find((comment) => comment.threadId === data.thread_id.toLowerCase())
  if (!first) {
    throw refuse(
      'value_not_found',
      'The referenced Thread could not be found, it might have been deleted.',
    )
  }
  requireScopesFor(call, first)
  return first
}

export function renderComment({ shapes }: Pick<Call, 'shapes'>, comment: Comment) {
  const { entryId, listId } = comment
  return {
    id: { workspace_id: comment.workspaceId, comment_id: comment.id },
    thread_id: comment.threadId,
    content_plaintext: comment.content,
    entry: entryId !== null && listId !== null ? { entry_id: entryId, list_id: listId } : null,
    record: { record_id: comment.recordId, object_id: comment.objectId },
    resolved_at: timestampOrNull(comment.resolvedAt),
    // Seen: null, although the document says object.
    resolved_by: comment.resolvedBy ?? (shapes === 'seen' ? null : {}),
    created_at: timestamp(comment.createdAt, comment.createdNanoseconds),
    author: comment.author,
  }
}
