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
  const ask = (offset: number): Asked => {
    const answer = read(client, now, { limit: pageSize, offset })
    // Whoever stops reading does not want it any more.
    answer.catch(() => {})
    return { offset, answer }
  }
  let asked = ask(0)
  let tail: ReadonlySet<string> = new Set()
  for (;;) {
    const { offset } = asked
    const page = await asked.answer
    if (tail.size > 0 && offset > 0 && !page.tasks.some((task) => tail.has(task.id))) {
      asked = ask(Math.max(0, offset - pageSize + overlap))
      continue
    }
    const isLast = page.tasks.length < pageSize
    // Asked for while this one is being saved.
    if (!isLast) asked = ask(offset + pageSize - overlap)
    yield page
    if (isLast) return
    tail = new Set(page.tasks.slice(-overlap).map((task) => task.id))
  }
}

interface Asked {
  readonly offset: number
  readonly answer: Promise<TaskPage>
}

async function read(
  client: Pick<AttioClient, 'tasks'>,
  now: () => number,
  range: { readonly limit: number; readonly offset: number },
): Promise<TaskPage> {
  const askedAt = now()
  const { tasks, accurateAt } = await client.tasks.list({ ...range, sort: 'created_at:asc' })
  return { tasks, observedAt: accurateAt ?? askedAt }
}
