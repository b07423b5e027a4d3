// One task: create, get, update, delete.
import { createTask, deleteTask, updateTask } from '../../edits/tasks.ts'
import type { Instant } from '../../timestamps.ts'
import type { Task } from '../../world/entities.ts'
import type { Call, Handler } from '../requests/call.ts'
import { notFound } from '../requests/errors.ts'
import { readBody, readUuid } from '../requests/validation.ts'
import { memberIdsOf, newTask, taskChanges } from './body.ts'
import { linkedRecordsOf } from './links.ts'
import { renderTask } from './render.ts'

export const postTask: Handler = (call) => {
  const { data } = readBody(call, newTask)
  const task = createTask(call, {
    content: data.content,
    ...deadlineOf(data.deadline_at),
    isCompleted: data.is_completed,
    linkedRecords: linkedRecordsOf(call, data.linked_records),
    assigneeIds: memberIdsOf(call, data.assignees),
  })
  return { data: renderTask(call.world, task) }
}

export const getTask: Handler = (call) => ({ data: renderTask(call.world, taskOfPath(call)) })

export const patchTask: Handler = (call) => {
  const task = taskOfPath(call)
  const { data } = readBody(call, taskChanges)
  const changed = updateTask(call, task, {
    ...(data.deadline_at !== undefined && deadlineOf(data.deadline_at)),
    ...(data.is_completed !== undefined && { isCompleted: data.is_completed }),
    ...(data.linked_records && { linkedRecords: linkedRecordsOf(call, data.linked_records) }),
    ...(data.assignees && { assigneeIds: memberIdsOf(call, data.assignees) }),
  })
  return { data: renderTask(call.world, changed) }
}

export const removeTask: Handler = (call) => {
  deleteTask(call, taskOfPath(call))
  return {}
}

function deadlineOf(deadline: Instant | null) {
  return { deadlineAt: deadline?.ms ?? null, deadlineNanoseconds: deadline?.nanoseconds ?? 0 }
}

function taskOfPath(call: Call): Task {
  const id = readUuid(call, 'task_id')
  const task = call.world.tasks.get(id)
  if (task?.workspaceId !== call.workspaceId) {
    throw notFound(`Could not find Task with ID "${id}".`)
  }
  return task
}
