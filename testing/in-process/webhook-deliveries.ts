// For tests of how Attio tells Taskr of changes: the webhooks there are at Attio, deliveries of one's own making, and a
// process that dies at a given query.
import { createHash, createHmac } from 'node:crypto'
import { standard } from '@taskr/local-attio'
import type { WorldOptions, World } from './testbed.ts'

type Between = NonNullable<WorldOptions['betweenDatabase']>
type Plugin = Parameters<Parameters<Between>[0]['db']['withPlugin']>[0]

export interface TellingWebhook {
  readonly id: string
  readonly targetUrl: string
  readonly secret: string
}

export function webhooksAtAttio(world: World): readonly TellingWebhook[] {
  return world.attio.control.world.webhooks.all()
}

/** Somebody else, in Attio. */
export function ada(world: World) {
  return world.attio.control.as({ member: standard.people.ada.emailAddress, workspace: 'acme' })
}

export function addTask(world: World, content: string) {
  return ada(world).addTask({ content, assigneeIds: [standard.members.adaAtAcme] })
}

export function sign(body: string | Uint8Array, secret: string): string {
  return createHmac('sha256', secret).update(body).digest('hex')
}

/** As Attio sends it. */
export function bodyOf(
  webhook: Pick<TellingWebhook, 'id'>,
  taskId: string,
  eventType = 'task.updated',
) {
  const actor = { type: 'workspace-member', id: standard.members.adaAtAcme }
  const id = { workspace_id: standard.workspaces.acme.id, task_id: taskId }
  return JSON.stringify({
    webhook_id: webhook.id,
    events: [{ event_type: eventType, id, actor }],
  })
}

/** What Attio sends, with whatever is to be different. Returns the status of the answer. */
export async function deliver(
  world: Pick<World, 'taskr'>,
  webhook: TellingWebhook,
  letter: {
    readonly body: string | Uint8Array<ArrayBuffer>
    readonly key?: string
    readonly headers?: HeadersInit
    readonly url?: string
  },
): Promise<number> {
  const { body, url = webhook.targetUrl } = letter
  const headers = new Headers(letter.headers ?? [['attio-signature', sign(body, webhook.secret)]])
  headers.set('content-type', 'application/json')
  headers.set('idempotency-key', letter.key ?? createHash('sha256').update(body).digest('hex'))
  const answer = await world.taskr.fetch(new Request(url, { method: 'POST', body, headers }))
  await answer.arrayBuffer()
  return answer.status
}

/**
 * A database that, from a query of a given number on, answers nothing any more, as when the process was killed. The
 * next process on it lives.
 */
export function createKiller() {
  let current = { asked: 0, diesAt: Number.POSITIVE_INFINITY }
  const between: Between = (database) => {
    const own = { asked: 0, diesAt: Number.POSITIVE_INFINITY }
    current = own
    const plugin: Plugin = {
      transformQuery: ({ node }) => {
        own.asked += 1
        if (own.asked >= own.diesAt) throw new Error('killed, on purpose')
        return node
      },
      transformResult: async ({ result }) => result,
    }
    return {
      ...database,
      db: database.db.withPlugin(plugin),
      transaction: (work) => database.transaction((db) => work(db.withPlugin(plugin))),
    }
  }
  return {
    between,
    /** Counted from here. */
    killAt: (number: number) => {
      current.asked = 0
      current.diesAt = number
    },
    isDead: () => current.asked >= current.diesAt,
  }
}

/** Winds on until it is so, or long enough. */
export async function until(
  world: World,
  isSo: () => boolean | Promise<boolean>,
): Promise<boolean> {
  for (let round = 0; round < 400; round++) {
    if (await isSo()) return true
    await world.clock.advance(5_000)
    await new Promise((done) => void setTimeout(done, 2))
  }
  return await isSo()
}
