// Reads all tasks of a workspace, oldest first, in overlapping pages. Attio pages by offset, so deleting a task
// during the sync shifts every later one towards the start. The overlap shows whether a page continues the one
// before; when it does not, reading steps back until it does. A list that repeats itself, or that ends and goes on
// again and again, fails the sync. New tasks only ever appear at the end.
import { AttioResponseError, AttioTooLargeError, type AttioClient, type Task } from '@taskr/attio'
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

/** A sync fails when it meets more tasks than this that are too large: each takes about ten requests to find. */
const mostReadAlone = 50
/** A sync fails when it steps back from one place more often than this: tasks are hardly deleted that fast. */
const mostStepsBack = 5

export async function* readEveryTask(
  client: Pick<AttioClient, 'tasks'>,
  now: () => number,
  { pageSize, overlap }: PageOptions = usualPages,
): AsyncGenerator<PageOfTasks> {
  const reading: Reading = { client, now, unreadable: new Map(), alone: 0 }
  const stepsBack = new Map<number, number>()
  let readable = 0
  const ask = (offset: number): Asked => {
    const answer = readRange(reading, { limit: pageSize, offset })
    // Avoids an unhandled rejection in case the caller stops before it asks for this page.
    answer.catch(() => {})
    return { offset, answer }
  }
  let asked = ask(0)
  let tail: ReadonlySet<string> = new Set()
  let before: ReadonlySet<string> = new Set()
  for (;;) {
    const { offset } = asked
    const { items, observedAt } = await asked.answer
    const tasks = items.filter((item) => item !== undefined)
    if (tail.size > 0 && offset > 0 && !tasks.some((task) => tail.has(task.id))) {
      const steps = (stepsBack.get(offset) ?? 0) + 1
      if (steps > mostStepsBack) throw unlike('a page that continues the one before')
      stepsBack.set(offset, steps)
      // A page that is read again after a step back is no repetition.
      before = new Set()
      asked = ask(Math.max(0, offset - pageSize + overlap))
      continue
    }
    const isRepeated = tasks.length > overlap && tasks.every((task) => before.has(task.id))
    if (isRepeated) throw unlike('another page than the one before')
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
    before = new Set(tasks.map((task) => task.id))
    tail = new Set(items.slice(-overlap).flatMap((item) => (item === undefined ? [] : [item.id])))
  }
}

interface Reading {
  readonly client: Pick<AttioClient, 'tasks'>
  readonly now: () => number
  /** Offsets found unreadable so far, with the reason. */
  readonly unreadable: Map<number, Error>
  /** How many of them were asked for alone. */
  alone: number
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

/** Reads a range; when the answer is too large, reads it in halves, down to one task. */
async function readRange(
  reading: Reading,
  range: { readonly limit: number; readonly offset: number },
): Promise<ReadRange> {
  const { client, now, unreadable } = reading
  const { limit, offset } = range
  const askedAt = now()
  try {
    const left = new Set<number>()
    const { tasks, accurateAt } = await client.tasks.list(
      { ...range, sort: 'created_at:asc' },
      {
        onUnreadable: ({ index, path, expectation }) => {
          left.add(index)
          unreadable.set(offset + index, unlike(expectation, path))
        },
      },
    )
    return { items: withGaps(tasks, left), observedAt: accurateAt ?? askedAt }
  } catch (error) {
    if (!isAboutItems(error)) throw error
    if (limit === 1) {
      unreadable.set(offset, error)
      reading.alone += 1
      if (reading.alone > mostReadAlone) throw error
      return { items: [undefined], observedAt: askedAt }
    }
    if (!(error instanceof AttioTooLargeError)) throw error
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

/** Returns the tasks with undefined at the positions of those that could not be read. */
function withGaps(
  tasks: readonly Task[],
  left: ReadonlySet<number>,
): readonly (Task | undefined)[] {
  if (left.size === 0) return tasks
  const readable = tasks.values()
  return Array.from({ length: tasks.length + left.size }, (_, at) =>
    left.has(at) ? undefined : readable.next().value,
  )
}

function unlike(expectation: string, path = ''): AttioResponseError {
  return new AttioResponseError('GET /v2/tasks', path, expectation)
}
