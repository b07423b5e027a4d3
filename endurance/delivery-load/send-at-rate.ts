// Sends deliveries over kept-alive connections, as Attio does, each at its scheduled time whether or not earlier ones
// have been answered. Latency counts from the scheduled time, so time spent queueing behind a slow answer is included.
import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Letter {
  readonly url: string
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
}

export interface Answered {
  /** Latencies from the scheduled time, in the order of the deliveries. */
  readonly times: readonly number[]
  readonly statuses: readonly number[]
  readonly tookMs: number
}

const connections = 64

export async function sendAtRate(letters: readonly Letter[], perSecond: number): Promise<Answered> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const times: number[] = []
  const statuses: number[] = []
  const sending: Promise<void>[] = []
  const startedAt = performance.now()
  for (const [number, letter] of letters.entries()) {
    const dueAt = startedAt + (number * 1_000) / perSecond
    const early = dueAt - performance.now()
    if (early > 0) await sleep(Math.ceil(early))
    const answered = send(agent, letter).then((status) => {
      statuses[number] = status
      times[number] = performance.now() - dueAt
    })
    sending.push(answered)
  }
  await Promise.all(sending)
  agent.destroy()
  return { times, statuses, tookMs: performance.now() - startedAt }
}

async function send(agent: Agent, { url, body, headers }: Letter): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const asking = request(url, { method: 'POST', agent, headers }, (answer) => {
    answer.on('end', () => resolve(answer.statusCode ?? 0))
    answer.on('error', reject)
    answer.resume()
  })
  asking.on('error', reject)
  asking.end(body)
  return await promise
}
