// Reads all tasks of a workspace, oldest first, in overlapping pages. Attio pages by offset, so a task that is
// deleted meanwhile shifts every later one towards the start; the overlap shows whether a page continues the
// one before, and when it does not, reading steps back until it does. New tasks only ever appear at the end.
import type { AttioClient, Task } from '@taskr/attio'

export interface PageOptions {
  readonly pageSize: number
  /** How many tasks of a page the next one repeats. */
  readonly overlap: number
}

/** As many as Attio gives at once by default; one per cent more reads than without overlap. */
const usualPages: PageOptions = { pageSize: 500, overlap: 5 }

export interface TaskPage {
  readonly tasks: readonly Task[]
  /** What is read here was true at this instant, or later. */
  readonly observedAt: number
}

export async function* readEveryTask(
  client: Pick<AttioClient, 'tasks'>,
  now: () => number,
  { pageSize, overlap }: PageOptions = usualPages,
): AsyncGenerator<TaskPage> {
  let offset = 0
  let tail: ReadonlySet<string> = new Set()
  for (;;) {
    const askedAt = now()
    const page = await client.tasks.list({ limit: pageSize, offset, sort: 'created_at:asc' })
    if (tail.size > 0 && offset > 0 && !page.tasks.some((task) => tail.has(task.id))) {
      offset = Math.max(0, offset - pageSize + overlap)
      continue
    }
    yield { tasks: page.tasks, observedAt: page.accurateAt ?? askedAt }
    if (page.tasks.length < pageSize) return
    tail = new Set(page.tasks.slice(-overlap).map((task) => task.id))
    offset += pageSize - overlap
  }
}
