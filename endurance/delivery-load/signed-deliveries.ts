// Makes signed deliveries from many connected workspaces to one Taskr: each webhook names one task after another.
import assert from 'node:assert/strict'
import { standard } from '@taskr/local-attio'
import { z } from 'zod'
import { openAttioPages } from '../../testing/processes/attio-pages.ts'
import { connectPerson, until } from '../../testing/processes/event-streams.ts'
import type { TwoProcesses } from '../../testing/processes/two-processes.ts'
import { bodyOf, sign } from '../../testing/in-process/webhook-deliveries.ts'
import { sendAtRate, type Letter } from './send-at-rate.ts'

/** The most deliveries per second that Attio sends to one address. */
const perSecondOfOne = 25

const savedWorld = z.object({
  collections: z.object({
    tasks: z.array(z.object({ id: z.string(), workspaceId: z.string() })),
    webhooks: z.array(z.object({ id: z.string(), targetUrl: z.string(), secret: z.string() })),
  }),
})

export async function lettersOf(
  processes: TwoProcesses,
  load: { readonly perSecond: number; readonly count: number },
): Promise<readonly Letter[]> {
  const people = Math.max(1, Math.ceil(load.perSecond / perSecondOfOne))
  const attio = await openAttioPages(processes.attio)
  const { id: workspaceId } = standard.workspaces.acme
  for (let number = 0; number < people; number++) {
    await connectPerson(processes.taskr, attio, { username: `person-${number}`, workspaceId })
  }
  const world = async () => {
    const answer = await fetch(`${processes.attio}/_control/world`)
    return savedWorld.parse(await answer.json()).collections
  }
  await until(async () => (await world()).webhooks.length === people)
  const { webhooks, tasks } = await world()
  const ids = tasks.filter((task) => task.workspaceId === workspaceId).map(({ id }) => id)
  const letters = Array.from({ length: load.count }, (_, number): Letter => {
    const webhook = webhooks[number % people] ?? assert.fail()
    const body = bodyOf(webhook, ids[number % ids.length] ?? assert.fail())
    return letterOf(webhook, body, String(number))
  })
  // Waits until Taskr has stored the secret of every webhook.
  await until(async () => {
    const first = webhooks.map((webhook) => letterOf(webhook, bodyOf(webhook, 'a-task'), 'first'))
    const { statuses } = await sendAtRate(first, perSecondOfOne)
    return statuses.every((status) => status === 202)
  })
  return letters
}

function letterOf(
  webhook: { readonly targetUrl: string; readonly secret: string },
  body: string,
  key: string,
): Letter {
  return {
    url: webhook.targetUrl,
    body,
    headers: {
      'content-type': 'application/json',
      'attio-signature': sign(body, webhook.secret),
      'idempotency-key': key,
    },
  }
}
