// Edits of tasks by the API, the workspace page and tests.
import type { LinkedRecord, Task } from '../world/entities.ts'
import type { EventType } from '../world/events.ts'
import type { Author } from './author.ts'

export type NewTask = {
  readonly content: string
  readonly deadlineAt: number | null
  /** The nanoseconds after its milliseconds. */
  readonly deadlineNanoseconds?: number
  readonly isCompleted: boolean
  readonly linkedRecords: readonly LinkedRecord[]
  readonly assigneeIds: readonly string[]
}

/** Changes of a task; absent members stay unchanged. The content cannot change. */
export type TaskChanges = Partial<Omit<NewTask, 'content'>>

export function createTask(author: Author, fresh: NewTask): Task {
  const { world, ids, now, workspaceId, actor } = author
  return world.transact(() => {
    const task = world.tasks.put({
      id: ids.uuid(),
      workspaceId,
      content: fresh.content,
      ...deadlineOf(fresh.deadlineAt, fresh.deadlineNanoseconds),
      isCompleted: fresh.isCompleted,
      completedAt: fresh.isCompleted ? now : null,
      linkedRecords: distinct(fresh.linkedRecords, (link) => link.recordId),
      assigneeIds: distinct(fresh.assigneeIds, (id) => id),
      createdByActor: actor,
      createdAt: now,
    })
    announce(author, 'task.created', task)
    return task
  })
}

export function updateTask(author: Author, task: Task, changes: TaskChanges): Task {
  const { world, now } = author
  const isCompleted = changes.isCompleted ?? task.isCompleted
  return world.transact(() => {
    const changed = world.tasks.put({
      ...withDeadline(task, changes),
      isCompleted,
      // Seen: completing a completed task again keeps the first instant.
      completedAt: isCompleted ? (task.completedAt ?? now) : null,
      linkedRecords: distinct(changes.linkedRecords ?? task.linkedRecords, (link) => link.recordId),
      assigneeIds: distinct(changes.assigneeIds ?? task.assigneeIds, (id) => id),
    })
    announce(author, 'task.updated', changed)
    return changed
  })
}

export function deleteTask(author: Author, task: Task): void {
  author.world.transact(() => {
    author.world.tasks.remove(task.id)
    announce(author, 'task.deleted', task)
  })
}

function withDeadline(task: Task, { deadlineAt, deadlineNanoseconds }: TaskChanges): Task {
  if (deadlineAt === undefined) return task
  const { deadlineNanoseconds: _, ...rest } = task
  return { ...rest, ...deadlineOf(deadlineAt, deadlineNanoseconds) }
}

function deadlineOf(deadlineAt: number | null, nanoseconds = 0) {
  return { deadlineAt, ...(nanoseconds > 0 && { deadlineNanoseconds: nanoseconds }) }
}

function announce({ world, actor }: Author, type: EventType, task: Task): void {
  world.emit({
    event_type: type,
    id: { workspace_id: task.workspaceId, task_id: task.id },
    actor,
  })
}

function distinct<Item>(items: readonly Item[], key: (item: Item) => string): Item[] {
  return Array.from(new Map(items.map((item) => [key(item), item])).values())
}
