// The fixture of tests of webhooks: the webhooks that exist in Attio, deliveries made by hand, and a process that dies at
// a given query.
import { createHash, createHmac } from 'node:crypto'
import { standard } from '@taskr/local-attio'
import type { WorldOptions, World } from './testbed.ts'

type Between = NonNullable<WorldOptions['betweenDatabase']>
type Plugin = Parameters<Parameters<Between>[0]['db']['withPlugin']>[0]

export interface WebhookAtAttio {
  readonly id: string
  readonly targetUrl: string
  readonly secret: string
}

export function webhooksAtAttio(world: World): readonly WebhookAtAttio[] {
  return world.attio.control.world.webhooks.all()
}

/** Acts in Attio as Ada. */
export function ada(world: World) {
  return world.attio.control.as({ member: standard.people.ada.emailAddress, workspace: 'acme' })
}

export function addTask(world: World, content: string) {
  return ada(world).addTask({ content, assigneeIds: [standard.members.adaAtAcme] })
}

export function sign(body: string | Uint8Array, secret: string): string {
  return createHmac('sha256', secret).update(body).digest('hex')
}

/** Returns a body as Attio sends it. */
export function bodyOf(
  webhook: Pick<WebhookAtAttio, 'id'>,
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

/** Sends a delivery as Attio does, except for what `different` changes. Returns the status of the answer. */
export async function deliver(
  world: Pick<World, 'taskr'>,
  webhook: WebhookAtAttio,
  different: {
    readonly body: string | Uint8Array<ArrayBuffer>
    readonly key?: string
    readonly headers?: HeadersInit
    readonly url?: string
  },
): Promise<number> {
  const { body, url = webhook.targetUrl } = different
  const headers = new Headers(
    different.headers ?? [['attio-signature', sign(body, webhook.secret)]],
  )
  headers.set('content-type', 'application/json')
  headers.set('idempotency-key', different.key ?? createHash('sha256').update(body).digest('hex'))
  const answer = await world.taskr.fetch(new Request(url, { method: 'POST', body, headers }))
  await answer.arrayBuffer()
  return answer.status
}

/**
 * Makes a database that fails every query from a given number on, as if the process had been killed there. The next
 * process on the same database works.
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
    /** Counts queries from this call on. */
    killAt: (number: number) => {
      current.asked = 0
      current.diesAt = number
    },
    isDead: () => current.asked >= current.diesAt,
  }
}

/** Advances the clock until the condition holds; returns whether it ever did. */
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
