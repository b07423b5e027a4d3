// Tasks: list by every documented filter and order, page through all, get, create, update, delete.
// Source: docs.attio.com/rest-api/endpoint-reference/tasks
import { checkRange, type PageOptions, type PagedList, readItems, readPages } from './paging.ts'
import type { Received, Send } from '../sending/send.ts'
import { dataAbout, dataOf, listFrom, nothing, type ReadListOptions } from '../wire/envelope.ts'
import {
  type NewTask,
  newTaskBody,
  type Task,
  type TaskChange,
  taskChangeBody,
  taskFrom,
  taskSchema,
  wireTaskSchema,
} from '../wire/task.ts'

/** Attio's orders; by default the oldest task comes first. `completed_at:asc` begins with open tasks. */
export type TaskSort =
  | 'created_at:asc'
  | 'created_at:desc'
  | 'completed_at:asc'
  | 'completed_at:desc'

export interface TaskFilter {
  readonly sort?: TaskSort
  /** Only tasks linked to this record; `object` is a slug or an id. */
  readonly linkedRecord?: { readonly object: string; readonly recordId: string }
  /** A workspace member's id or e-mail address; null for unassigned tasks. */
  readonly assignee?: string | null
  /** Absent: open and completed tasks. */
  readonly isCompleted?: boolean
}

export interface TaskQuery extends TaskFilter {
  /** 1 to 500; Attio's default is 500. */
  readonly limit?: number
  readonly offset?: number
}

export interface TaskPage {
  readonly tasks: readonly Task[]
  /** When Attio says it read this page, in milliseconds since 1970. */
  readonly accurateAt?: number
}

/** A task, and when Attio says it read it (milliseconds since 1970). */
export interface ObservedTask extends Task {
  readonly accurateAt?: number
}

export interface UpdateOptions {
  /** Default false: failed attempts are retried. */
  readonly isOnce?: boolean
}

export interface Tasks {
  /**
   * Returns one page of tasks. Throws RangeError for a limit above 500, and the five Attio errors.
   * Needs the scopes in `scopesToReadTasks`.
   *
   * @example
   * const { tasks } = await client.tasks.list({ isCompleted: false, sort: 'created_at:desc' })
   */
  list(query?: TaskQuery, options?: ReadListOptions): Promise<TaskPage>
  /**
   * Yields pages of 500 tasks until one is not full. A task may come twice, and one may be missed when
   * others are deleted between pages; `overlap` prevents the miss.
   */
  pages(filter?: TaskFilter, options?: PageOptions): AsyncGenerator<TaskPage>
  /**
   * Yields every task once.
   *
   * @example
   * for await (const task of client.tasks.all({ assignee: null })) console.log(task.content)
   */
  all(filter?: TaskFilter, options?: PageOptions): AsyncGenerator<Task>
  /** Returns a task. Throws AttioApiError with status 404 when it does not exist. */
  get(taskId: string): Promise<ObservedTask>
  /**
   * Creates a task. Sent at most once: after AttioNetworkError, AttioTimeoutError or a 5xx the task
   * may exist, so check before retrying. Attio silently drops links to unknown records.
   *
   * @example
   * const task = await client.tasks.create({ content: 'Call Ada', deadlineAt: Date.UTC(2027, 0, 1) })
   */
  create(task: NewTask): Promise<ObservedTask>
  /**
   * Changes deadline, completion, links or assignees; lists replace the whole set. Attio cannot change
   * the content of a task. With `isOnce` the client neither retries nor waits for a pause, so that a list
   * that was merged with Attio's is not sent when it may be out of date.
   *
   * @example
   * await client.tasks.update(task.id, { isCompleted: true })
   */
  update(taskId: string, change: TaskChange, options?: UpdateOptions): Promise<ObservedTask>
  /** Deletes a task permanently. Needs only `task:read-write`. */
  delete(taskId: string): Promise<void>
}

export function createTasks(send: Send): Tasks {
  const list = async (query: TaskQuery = {}, options?: ReadListOptions): Promise<TaskPage> => {
    const { body, ...rest } = await send({
      method: 'GET',
      path: ['v2', 'tasks'],
      query: wireQuery(checkRange(query)),
      answer: listFrom(wireTaskSchema, taskFrom, options),
    })
    return { tasks: body, ...rest }
  }
  const pagedList = (filter: TaskFilter, options: PageOptions): PagedList<TaskPage, Task> => ({
    ...options,
    read: (range) => list({ ...filter, ...range }),
    itemsOf: (page) => page.tasks,
    idOf: (task) => task.id,
  })
  return {
    list,
    pages: (filter = {}, options = {}) => readPages(pagedList(filter, options)),
    all: (filter = {}, options = {}) => readItems(pagedList(filter, options)),
    async get(taskId) {
      return observed(
        await send({
          method: 'GET',
          path: ['v2', 'tasks', taskId],
          answer: dataAbout(taskSchema, taskId),
        }),
      )
    },
    async create(task) {
      const body = { data: newTaskBody(task) }
      const answer = dataOf(taskSchema)
      return observed(await send({ method: 'POST', path: ['v2', 'tasks'], body, answer }))
    },
    async update(taskId, change, { isOnce = false } = {}) {
      const data = taskChangeBody(change)
      if (Object.keys(data).length === 0) throw new TypeError('the change of a task is empty')
      return observed(
        await send({
          method: 'PATCH',
          path: ['v2', 'tasks', taskId],
          body: { data },
          answer: dataAbout(taskSchema, taskId),
          isOnce,
        }),
      )
    },
    async delete(taskId) {
      await send({
        method: 'DELETE',
        path: ['v2', 'tasks', taskId],
        answer: nothing,
        deletes: { kind: 'task', id: taskId },
      })
    },
  }
}

function wireQuery({ linkedRecord, assignee, isCompleted, ...rest }: TaskQuery) {
  // Attio reads an empty assignee as unassigned. Here null means that, so that an empty variable is an error.
  if (assignee === '') throw new TypeError('assignee must not be empty; null means unassigned')
  return {
    limit: rest.limit,
    offset: rest.offset,
    sort: rest.sort,
    linked_object: linkedRecord?.object,
    linked_record_id: linkedRecord?.recordId,
    assignee: assignee === null ? 'null' : assignee,
    is_completed: isCompleted,
  }
}

function observed({ body, ...rest }: Received<Task>): ObservedTask {
  return { ...body, ...rest }
}
