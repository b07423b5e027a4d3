// Renders a task as Attio sends it.
import { timestamp, timestampOrNull } from '../../timestamps.ts'
import type { Task } from '../../world/entities.ts'
import type { World } from '../../world/world.ts'

export function renderTask(world: World, task: Task) {
  const { completed_at, deadline_at, created_at } = instantsOf(task)
  return {
    id: { workspace_id: task.workspaceId, task_id: task.id },
    content_plaintext: task.content,
    is_completed: task.isCompleted,
    completed_at,
    deadline_at,
    linked_records: task.linkedRecords.map((link) => ({
      // The slug, as in the reference's example; whether live data has ids here is unknown.
      target_object_id: world.objects.get(link.objectId)?.slug ?? link.objectId,
      target_record_id: link.recordId,
    })),
    assignees: task.assigneeIds.map((id) => ({
      referenced_actor_type: 'workspace-member',
      referenced_actor_id: id,
    })),
    created_by_actor: task.createdByActor,
    created_at,
  }
}

/** Caches per document, which is safe because documents are immutable. */
const instants = new WeakMap<Task, ReturnType<typeof writeInstants>>()

function instantsOf(task: Task): ReturnType<typeof writeInstants> {
  const known = instants.get(task)
  if (known) return known
  const written = writeInstants(task)
  instants.set(task, written)
  return written
}

function writeInstants(task: Task) {
  return {
    completed_at: timestampOrNull(task.completedAt),
    deadline_at: timestampOrNull(task.deadlineAt, task.deadlineNanoseconds),
    created_at: timestamp(task.createdAt),
  }
}
