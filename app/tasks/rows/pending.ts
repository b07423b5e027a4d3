// The pending part of a row: changed values that are not at Attio yet, shown in place of Attio's.
import { z } from 'zod'
import { asMemberId } from '../../support/ids.ts'
import type { MirroredTask } from './task-types.ts'

const storedIds = z.array(z.string().transform(asMemberId))
const storedLinks = z.array(z.object({ targetObject: z.string(), recordId: z.string() }))

/** Many tasks have one of a few lists, and parsing a list takes longer than finding it. */
const mostKnown = 1_000
const longestKnown = 300

/** Returns a function that parses a stored list. It may return the same list for the same text. */
function knownLists<Item>(schema: z.ZodType<Item[]>): (text: string) => readonly Item[] {
  const known = new Map<string, readonly Item[]>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const list = Object.freeze(schema.parse(JSON.parse(text)))
    if (known.size >= mostKnown) known.clear()
    if (text.length <= longestKnown) known.set(text, list)
    return list
  }
}

export const readIds = knownLists(storedIds)
export const readLinks = knownLists(storedLinks)

const fields = {
  content: z.string(),
  deadlineAt: z.union([z.number(), z.string()]).nullable(),
  isCompleted: z.boolean(),
  completedAt: z.number().nullable(),
  assigneeIds: storedIds,
  linkedRecords: storedLinks,
} as const

/** The fields of a task that can differ between Attio and what a person sees. */
const statedSchema = z.object(fields).readonly()
export type Stated = z.infer<typeof statedSchema>

const pendingSchema = z.object(fields).partial().extend({ isHidden: z.boolean().optional() })
export type Pending = Readonly<z.infer<typeof pendingSchema>>

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
