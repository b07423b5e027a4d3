// Sends the requests of a story, which a gate may hold until a later step.
import assert from 'node:assert/strict'
import type { Answer, Browser } from '../../testing/in-process/http-browser.ts'
import type { Gate, Tab } from './interleaving-steps.ts'
import { placeOf, type Telling } from './telling.ts'

export interface Sent {
  readonly tab: Tab
  readonly node: 0 | 1
  readonly gate?: Gate | undefined
}

/** Sends a request and finishes it now or, when a gate holds it, once it is released. */
export async function send(
  telling: Telling,
  step: Sent,
  request: (browser: Browser) => Promise<Answer>,
  end: (answer: Answer) => void,
): Promise<void> {
  const { count, inFlight, testbed } = telling
  const place = placeOf(telling, step)
  place.node = step.node
  const held = step.gate === undefined ? undefined : testbed.gates.put(step.gate)
  const answering = request(place.browser)
  const ended = async (): Promise<void> => {
    const answer = await answering
    assert.notEqual(answer.status, 500)
    end(answer)
  }
  await Promise.race([answering, ...(held === undefined ? [] : [held.reached])])
  testbed.gates.open()
  if (held?.isReached() === true) {
    count.held += 1
    inFlight.set(step.tab, async () => {
      held.letGo()
      await ended()
    })
  } else await ended()
  await testbed.settle()
}

export async function letGo(telling: Telling, tab: Tab): Promise<void> {
  const { inFlight, testbed } = telling
  const flight = inFlight.get(tab)
  inFlight.delete(tab)
  await flight?.()
  await testbed.settle()
}
