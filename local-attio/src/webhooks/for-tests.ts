// Shared by the tests of webhook delivery: a receiver without a socket, and webhooks to it.
import { z } from 'zod'
import { createTestAttio, type TestAttio } from '../for-tests.ts'
import type { LocalAttioOptions } from '../local-attio.ts'
import { standard } from '../seed/standard.ts'
import type { SubscribableEventType } from './event-types.ts'

export const target = 'https://receiver.example/attio'

export const ada = { member: standard.people.ada.emailAddress, workspace: 'acme' }

/** A request that reached the receiver. */
export type Received = {
  readonly url: string
  /** In milliseconds of the local Attio's clock. */
  readonly at: number
  readonly headers: Headers
  readonly body: string
  readonly key: string
  /** The ids of the tasks in the delivery. */
  readonly taskIds: readonly string[]
}

export type Receiving = TestAttio & {
  readonly received: Received[]
  /** The status of its answers; "dead" breaks the connection, "silent" never answers. */
  answer: Answering | ((message: Received) => Answering)
}

type Answering = number | 'dead' | 'silent'

/** A local Attio whose deliveries arrive in an array. */
export function createReceivingAttio(options: LocalAttioOptions = {}): Receiving {
  const received: Received[] = []
  const state: { answer: Receiving['answer'] } = { answer: 200 }
  const attio = createTestAttio({
    seed: 'no-tasks',
    deliver: async (url, init) => {
      const request = new Request(url, init)
      const body = await request.text()
      const message: Received = {
        url,
        at: attio.control.clock.now(),
        headers: request.headers,
        body,
        key: request.headers.get('idempotency-key') ?? '',
        taskIds: taskIdsOf(body),
      }
      received.push(message)
      const answer = typeof state.answer === 'function' ? state.answer(message) : state.answer
      if (answer === 'dead') throw new TypeError('fetch failed', { cause: new Error('gone') })
      if (answer === 'silent') return new Promise<never>(() => {})
      return new Response(null, { status: answer })
    },
    ...options,
  })
  return Object.defineProperty({ ...attio, received, answer: 200 }, 'answer', {
    get: () => state.answer,
    set: (answer: Receiving['answer']) => {
      state.answer = answer
    },
  })
}

const delivered = z.object({
  events: z.array(z.object({ id: z.object({ task_id: z.string().optional() }) })),
})

function taskIdsOf(body: string): string[] {
  const parsed = delivered.safeParse(JSON.parse(body))
  return parsed.data?.events.flatMap((event) => event.id.task_id ?? []) ?? []
}

const created = z.object({
  data: z.object({ id: z.object({ webhook_id: z.string() }), secret: z.string() }),
})

/** Creates a webhook over the API. */
export async function subscribe(
  attio: TestAttio,
  eventTypes: readonly SubscribableEventType[] = ['task.created'],
  { filter = null, url = target }: { filter?: unknown; url?: string } = {},
): Promise<{ id: string; secret: string }> {
  const subscriptions = eventTypes.map((event_type) => ({ event_type, filter }))
  const answer = await attio.call('POST', '/v2/webhooks', {
    data: { target_url: url, subscriptions },
  })
  const { data } = answer.as(created)
  return { id: data.id.webhook_id, secret: data.secret }
}

/** Creates tasks with these contents as Ada. Returns their ids. */
export function addTasks(attio: TestAttio, count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    return attio.control.as(ada).addTask({ content: `Task ${index}` }).id
  })
}

export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour
