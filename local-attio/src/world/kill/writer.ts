// A client that writes tasks over HTTP, one at a time, and records the answers.
import { randomInt } from 'node:crypto'
import { z } from 'zod'

/** A task after its last answer; undefined when it was deleted. */
export type KnownTask = { readonly content: string; readonly isCompleted: boolean } | undefined

export type Writer = {
  /** Every task with an answered write, by id. */
  readonly known: ReadonlyMap<string, KnownTask>
  /** The unanswered write; at most one. */
  readonly unanswered: Unanswered | undefined
  /** Writes until the server stops answering, and reports each answered write. */
  write(origin: string, token: string, onAnswer: () => void): Promise<void>
}

export type Unanswered = {
  readonly id: string | undefined
  readonly content: string
  readonly after: KnownTask
}

const answered = z.object({ data: z.object({ id: z.object({ task_id: z.string() }) }) })

export function createWriter(name: string): Writer {
  const known = new Map<string, KnownTask>()
  let unanswered: Unanswered | undefined
  let count = 0

  const next = (): Unanswered => {
    const living = Array.from(known).filter(([, task]) => task !== undefined)
    const [id, task] = living[randomInt(Math.max(living.length, 1))] ?? []
    if (id === undefined || task === undefined || randomInt(10) < 5) {
      const content = `${name} ${(count += 1)}`
      return { id: undefined, content, after: { content, isCompleted: false } }
    }
    const isDeleted = randomInt(4) === 0
    const after = isDeleted ? undefined : { ...task, isCompleted: !task.isCompleted }
    return { id, content: task.content, after }
  }

  return {
    known,
    get unanswered() {
      return unanswered
    },
    write: async (origin, token, onAnswer) => {
      for (;;) {
        const wanted = next()
        unanswered = wanted
        const answer = await send(origin, token, wanted)
        if (answer === undefined) return
        onAnswer()
        known.set(wanted.id ?? answered.parse(answer).data.id.task_id, wanted.after)
        unanswered = undefined
      }
    },
  }
}

/** The answer's body; undefined when there was none. */
async function send(origin: string, token: string, wanted: Unanswered): Promise<unknown> {
  const { method, path, data } = requestOf(wanted)
  try {
    const response = await fetch(`${origin}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(data !== undefined && { body: JSON.stringify({ data }) }),
    })
    if (response.status !== 200) throw new Unexpected(`${method} ${path}: ${response.status}`)
    const body: unknown = await response.json()
    return body
  } catch (error) {
    if (error instanceof Unexpected) throw error
    return undefined
  }
}

class Unexpected extends Error {
  override readonly name = 'Unexpected'
}

function requestOf({ id, content, after }: Unanswered) {
  if (id === undefined) return { method: 'POST', path: '/v2/tasks', data: { ...empty, content } }
  const path = `/v2/tasks/${id}`
  if (after === undefined) return { method: 'DELETE', path, data: undefined }
  return { method: 'PATCH', path, data: { is_completed: after.isCompleted } }
}

const empty = {
  format: 'plaintext',
  deadline_at: null,
  is_completed: false,
  linked_records: [],
  assignees: [],
}
