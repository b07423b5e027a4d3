// Threads: those of a record or an entry, and one by id, with all their comments.
import { z } from 'zod'
import { timestamp } from '../../timestamps.ts'
import type { Comment } from '../../world/entities.ts'
import type { Call, Handler } from '../requests/call.ts'
import { notFound, refuse } from '../requests/errors.ts'
import { page, pageOfQuery } from '../requests/pagination.ts'
import { readQuery, readUuid } from '../requests/validation.ts'
import { renderComment } from './comments.ts'
import { entryPlace, isAt, recordPlace, requireScopesFor, type Place } from './place.ts'

const uuid = z.guid('Invalid uuid')
const query = z.object({
  ...pageOfQuery({ byDefault: 10, most: 50 }),
  record_id: uuid.optional(),
  object: z.string().optional(),
  entry_id: uuid.optional(),
  list: z.string().optional(),
})

export const listThreads: Handler = (call) => {
  const wanted = readQuery(call, query)
  const place = placeOf(call, wanted)
  const threads = new Map<string, Comment[]>()
  for (const comment of call.world.commentsOf(call.workspaceId)) {
    if (!isAt(place, comment)) continue
    const thread = threads.get(comment.threadId)
    if (thread) thread.push(comment)
    else threads.set(comment.threadId, [comment])
  }
  return {
    data: page(Array.from(threads.values()), wanted).map((thread) => renderThread(call, thread)),
  }
}

export const getThread: Handler = (call) => {
  const id = readUuid(call, 'thread_id')
  const comments = call.world
    .commentsOf(call.workspaceId)
    .filter((comment) => comment.threadId === id)
  const [first] = comments
  if (!first) throw notFound(`Thread with ID "${id}" was not found.`)
  requireScopesFor(call, first)
  return { data: renderThread(call, comments) }
}

function placeOf(call: Call, wanted: z.infer<typeof query>): Place {
  const { record_id: recordId, object, entry_id: entryId, list } = wanted
  const hasEntry = entryId !== undefined && list !== undefined
  const hasRecord = recordId !== undefined && object !== undefined
  if (hasRecord && entryId === undefined && list === undefined) {
    return recordPlace(call, object, recordId)
  }
  if (hasEntry && recordId === undefined && object === undefined) {
    return entryPlace(call, list, entryId)
  }
  // assumed: exactly one of the two pairs.
  throw refuse('validation_type', 'Either record_id and object or entry_id and list are required.')
}

function renderThread(call: Call, comments: readonly Comment[]) {
  const [first] = comments
  return {
    id: { workspace_id: first?.workspaceId, thread_id: first?.threadId },
    comments: comments.map((comment) => renderComment(call, comment)),
    created_at: timestamp(first?.createdAt ?? 0, first?.createdNanoseconds),
  }
}
