// Reads all tasks of a workspace, oldest first, in overlapping pages. Attio pages by offset, so deleting a task
// during the sync shifts every later one towards the start. The overlap shows whether a page continues the one
// before; when it does not, reading steps back until it does. New tasks only ever appear at the end.
import type { AttioClient, Task } from '@taskr/attio'
import { isAboutItems } from './unreadable.ts'

export interface PageOptions {
  readonly pageSize: number
  /** The number of tasks of a page that the next one repeats. */
  readonly overlap: number
}

/** The page size is Attio's default; the overlap costs one per cent more reads. */
const usualPages: PageOptions = { pageSize: 500, overlap: 5 }

export interface PageOfTasks {
  readonly tasks: readonly Task[]
  /** Offsets of the tasks that do not have the documented form. */
  readonly unreadable: readonly number[]
  /** The page was accurate at this instant, or later. */
  readonly observedAt: number
}

/** A sync fails when it meets more unreadable tasks than this, since then the problem is not a few odd tasks. */
const mostUnreadable = 50

export async function* readEveryTask(
  client: Pick<AttioClient, 'tasks'>,
  now: () => number,
  { pageSize, overlap }: PageOptions = usualPages,
): AsyncGenerator<PageOfTasks> {
  const reading: Reading = { client, now, unreadable: new Map() }
  let readable = 0
  const ask = (offset: number): Asked => {
    const answer = readRange(reading, { limit: pageSize, offset })
    // Avoids an unhandled rejection in case the caller stops before it asks for this page.
    answer.catch(() => {})
    return { offset, answer }
  }
  let asked = ask(0)
  let tail: ReadonlySet<string> = new Set()
  for (;;) {
    const { offset } = asked
    const { items, observedAt } = await asked.answer
    const tasks = items.filter((item) => item !== undefined)
    if (tail.size > 0 && offset > 0 && !tasks.some((task) => tail.has(task.id))) {
      asked = ask(Math.max(0, offset - pageSize + overlap))
      continue
    }
    const isLast = items.length < pageSize
    // The next page is requested while this one is being saved.
    if (!isLast) asked = ask(offset + pageSize - overlap)
    const unreadable = items.flatMap((item, at) => (item === undefined ? [offset + at] : []))
    readable += tasks.length
    // When no task at all is readable, the sync fails.
    const [error] = reading.unreadable.values()
    if (isLast && readable === 0 && error !== undefined) throw error
    yield { tasks, unreadable, observedAt }
    if (isLast) return
    tail = new Set(items.slice(-overlap).flatMap((item) => (item === undefined ? [] : [item.id])))
  }
}

interface Reading {
  readonly client: Pick<AttioClient, 'tasks'>
  readonly now: () => number
  /** Offsets found unreadable so far, with the reason. */
  readonly unreadable: Map<number, Error>
}

interface Asked {
  readonly offset: number
  readonly answer: Promise<ReadRange>
}

interface ReadRange {
  /** The tasks in Attio's order; undefined for a task that cannot be read. */
  readonly items: readonly (Task | undefined)[]
  readonly observedAt: number
}

/** Reads a range; when the answer is too large or has an unreadable task, reads it in halves, down to one task. */
async function readRange(
  reading: Reading,
  range: { readonly limit: number; readonly offset: number },
): Promise<ReadRange> {
  const { client, now, unreadable } = reading
  const { limit, offset } = range
  const askedAt = now()
  try {
    const { tasks, accurateAt } = await client.tasks.list({ ...range, sort: 'created_at:asc' })
    return { items: tasks, observedAt: accurateAt ?? askedAt }
  } catch (error) {
    if (!isAboutItems(error)) throw error
    if (limit === 1) {
      unreadable.set(offset, error)
      if (unreadable.size > mostUnreadable) throw error
      return { items: [undefined], observedAt: askedAt }
    }
  }
  const half = Math.ceil(limit / 2)
  const first = await readRange(reading, { limit: half, offset })
  if (first.items.length < half) return first
  const second = await readRange(reading, { limit: limit - half, offset: offset + half })
  return {
    items: [...first.items, ...second.items],
    observedAt: Math.min(first.observedAt, second.observedAt),
  }
}
