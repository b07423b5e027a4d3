// Edits of comments. A thread exists as long as it has comments.
import type { Comment } from '../world/entities.ts'
import type { EventType } from '../world/events.ts'
import type { Author } from './author.ts'

export function createComment(
  author: Author,
  fresh: Omit<Comment, 'id' | 'workspaceId' | 'threadId' | 'resolvedAt' | 'resolvedBy'> & {
    /** Null starts a thread, which has the id of its first comment (seen). */
    readonly threadId: string | null
  },
): Comment {
  const { world, ids, workspaceId } = author
  return world.transact(() => {
    const id = ids.uuid()
    const comment = world.comments.put({
      ...fresh,
      id,
      workspaceId,
      threadId: fresh.threadId ?? id,
      resolvedAt: null,
      resolvedBy: null,
    })
    announce(author, 'comment.created', comment)
    return comment
  })
}

/** Deletes a comment. Deleting the first comment of a thread deletes the thread. */
export function deleteComment(author: Author, comment: Comment): void {
  const { world } = author
  world.transact(() => {
    const thread = world
      .commentsOf(comment.workspaceId)
      .filter((one) => one.threadId === comment.threadId)
    const doomed = thread[0]?.id === comment.id ? thread : [comment]
    for (const one of doomed) {
      world.comments.remove(one.id)
      announce(author, 'comment.deleted', one)
    }
  })
}

function announce({ world, actor }: Author, type: EventType, comment: Comment): void {
  world.emit({
    event_type: type,
    id: { workspace_id: comment.workspaceId, comment_id: comment.id },
    thread_id: comment.threadId,
    object_id: comment.objectId,
    record_id: comment.recordId,
    list_id: comment.listId,
    entry_id: comment.entryId,
    actor,
  })
}
