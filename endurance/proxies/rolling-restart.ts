// Sends requests through a proxy while one node after the other is restarted.
import { setTimeout as sleep } from 'node:timers/promises'
import { realBrowser } from '../../testing/processes/attio-pages.ts'
import { password } from '../../testing/in-process/testbed.ts'
import type { BehindProxy } from './behind-proxy.ts'

export interface RollingRestart {
  readonly answered: number
  /** What went wrong, by request. */
  readonly failed: readonly string[]
  readonly seconds: number
}

const people = 8
/** A proxy without health checks needs this long to use a node again that it found stopped. */
const restMs = 4_000

/** Restarts both nodes in turn, and goes on until the given number of requests was answered. */
export async function restartInTurn(
  { proxy, restart }: BehindProxy,
  requests: number,
): Promise<RollingRestart> {
  const failed: string[] = []
  const startedAt = performance.now()
  let answered = 0
  let isRestarted = false
  const person = async (number: number): Promise<void> => {
    const browser = realBrowser(proxy.url)
    const entered = await browser.post('/signup', {
      username: `person-${number}`,
      password,
      timeZone: 'Europe/Berlin',
    })
    if (entered.status !== 303) failed.push(`POST /signup: ${entered.status}`)
    for (let asked = number; !isRestarted || answered < requests; asked += 1) {
      const isForm = asked % 5 === 0
      const path = isForm ? '/settings/time-zone' : ['/', '/settings', '/connections'][asked % 3]
      try {
        const { status } = isForm
          ? await browser.post(path ?? '/', { timeZone: 'Europe/Paris' })
          : await browser.get(path ?? '/')
        if (status < 500) answered += 1
        else failed.push(`${path}: ${status}`)
      } catch (error) {
        failed.push(`${path}: ${String(error)}`)
      }
      await sleep(20)
    }
  }
  const everybody = Promise.all(Array.from({ length: people }, (_, number) => person(number)))
  await sleep(1_000)
  for (const node of [0, 1] as const) {
    await restart(node)
    await sleep(restMs)
  }
  isRestarted = true
  await everybody
  return { answered, failed, seconds: Math.round((performance.now() - startedAt) / 1_000) }
}
