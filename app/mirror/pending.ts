// What is on its way to Attio, laid over what Attio said: together they are what a person sees.
import { z } from 'zod'
import type { Db } from '../database/tables.ts'
import { asMemberId, type ConnectionId, type TaskId } from '../support/ids.ts'
import type { MirroredTask } from './task-row.ts'

export const storedIds = z.array(z.string().transform(asMemberId))
export const storedLinks = z.array(z.object({ targetObject: z.string(), recordId: z.string() }))

const fields = {
  content: z.string(),
  deadlineAt: z.number().nullable(),
  isCompleted: z.boolean(),
  completedAt: z.number().nullable(),
  assigneeIds: storedIds,
  linkedRecords: storedLinks,
} as const

/** The part of a task that may differ between what Attio said and what a person sees. */
const statedSchema = z.object(fields).readonly()
export type Stated = z.infer<typeof statedSchema>

const pendingSchema = z.object(fields).partial().extend({ isHidden: z.boolean().optional() })
export type Pending = Readonly<z.infer<typeof pendingSchema>>

/** Asked, inside the transaction, whenever Attio says something of a task that changes are under way for. */
export interface ChangesUnderWay {
  /** What is to be shown over this from now on; undefined when nothing is under way any more. */
  readonly observed: (db: Db, task: MirroredTask) => Promise<Pending | undefined>
  /** The task is not there any more. */
  readonly gone: (db: Db, connectionId: ConnectionId, taskId: TaskId) => Promise<void>
  /**
   * Which of these are, as it seems, the work of a create whose answer was lost: that create shows them already, and finds
   * them soon.
   */
  readonly awaited: (
    db: Db,
    connectionId: ConnectionId,
    tasks: readonly MirroredTask[],
  ) => Promise<ReadonlySet<TaskId>>
}

/** For a mirror that nobody changes anything through. */
export const nothingUnderWay: ChangesUnderWay = {
  observed: async () => undefined,
  gone: async () => {},
  awaited: async () => new Set(),
}

export function readPending(text: string | null): Pending | undefined {
  return text === null ? undefined : pendingSchema.parse(JSON.parse(text))
}

export function readStated(text: string): Stated {
  return statedSchema.parse(JSON.parse(text))
}

export function statedOf(task: MirroredTask): Stated {
  const { content, deadlineAt, isCompleted, completedAt, assigneeIds, linkedRecords } = task
  return {
    content,
    deadlineAt,
    isCompleted,
    completedAt,
    assigneeIds: [...assigneeIds],
    linkedRecords: [...linkedRecords],
  }
}

export function shownOver(observed: MirroredTask, pending: Pending | undefined): MirroredTask {
  if (pending === undefined) return observed
  const { isHidden: _isHidden, ...over } = pending
  return Object.assign({ ...observed }, over)
}
