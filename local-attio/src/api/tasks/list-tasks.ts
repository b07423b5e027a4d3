// GET /v2/tasks with every filter and order.
import { z } from 'zod'
import type { Task } from '../../world/entities.ts'
import { taskSorts } from '../../world/task-order.ts'
import type { Call, Handler } from '../requests/call.ts'
import { refuse } from '../requests/errors.ts'
import { findObjectOr404 } from '../objects/objects.ts'
import { page, pageOfQuery } from '../requests/pagination.ts'
import { readQuery } from '../requests/validation.ts'
import { renderTask } from './render.ts'

// Attio does not document the largest page; 500 is the largest seen to work.
const query = z.object({
  ...pageOfQuery({ byDefault: 500, most: 500 }),
  sort: z.enum(taskSorts).default('created_at:asc'),
  linked_object: z.string().optional(),
  linked_record_id: z.guid('Invalid uuid').optional(),
  assignee: z.string().optional(),
  is_completed: z.enum(['true', 'false']).optional(),
})

type Query = z.infer<typeof query>

export const listTasks: Handler = (call) => {
  const wanted = readQuery(call, query)
  const order = call.world.taskOrder(call.workspaceId, wanted.sort)
  const tasks = page(order, wanted, filterOf(call, wanted))
  return { data: tasks.map((task) => renderTask(call.world, task)) }
}

type Test = (task: Task) => boolean

function filterOf(call: Call, wanted: Query): Test | undefined {
  const tests = [byCompletion(wanted), byAssignee(call, wanted), byRecord(call, wanted)].filter(
    (test) => test !== undefined,
  )
  return tests.length === 0 ? undefined : (task) => tests.every((test) => test(task))
}

function byCompletion({ is_completed }: Query): Test | undefined {
  if (is_completed === undefined) return undefined
  return (task) => task.isCompleted === (is_completed === 'true')
}

/** Finds assignees by id or e-mail address; empty or "null" means unassigned. assumed: an unknown member has no tasks. */
function byAssignee({ world, workspaceId }: Call, { assignee }: Query): Test | undefined {
  if (assignee === undefined) return undefined
  if (assignee === '' || assignee === 'null') return (task) => task.assigneeIds.length === 0
  const wanted = assignee.toLowerCase()
  const member = world
    .membersOf(workspaceId)
    .find((one) => one.id === wanted || one.emailAddress.toLowerCase() === wanted)
  return (task) => member !== undefined && task.assigneeIds.includes(member.id)
}

function byRecord(call: Call, wanted: Query): Test | undefined {
  const { linked_object, linked_record_id } = wanted
  if (linked_object === undefined && linked_record_id === undefined) return undefined
  if (linked_object === undefined || linked_record_id === undefined) {
    throw refuse(
      'validation_type',
      'linked_object and linked_record_id must be provided together.', // assumed
    )
  }
  const object = findObjectOr404(call.world, call.workspaceId, linked_object)
  const recordId = linked_record_id.toLowerCase()
  return (task) =>
    task.linkedRecords.some((link) => link.recordId === recordId && link.objectId === object.id)
}
