// Plays one story step by step, on the testbed and in the model.
import type { Model } from './interleaving-model.ts'
import type { Step } from './interleaving-steps.ts'
import type { InterleavingTestbed } from './interleaving-testbed.ts'
import { letGo, send } from './send-in-story.ts'
import { begin, bringBack, decide, disconnect, finish, logIn } from './story-steps.ts'
import { beginTelling, placeOf, type BroughtBack, type Telling } from './telling.ts'

export interface Told {
  readonly model: Model
  readonly callbacks: readonly BroughtBack[]
  /** The codes that Taskr may have sent to Attio. */
  readonly codes: readonly string[]
  readonly connected: number
  readonly refused: number
  readonly held: number
}

export async function playStory(
  testbed: InterleavingTestbed,
  steps: readonly Step[],
): Promise<Told> {
  const telling = beginTelling(testbed)
  const { callbacks, codes, count, inFlight, model } = telling
  for (const step of steps) {
    // Gives every step its own time, so that IDs made on two nodes sort correctly.
    await testbed.world.clock.advance(5)
    if ('node' in step && inFlight.has(step.tab)) continue
    await play(telling, step)
  }
  for (const tab of inFlight.keys()) await letGo(telling, tab)
  return { model, callbacks, codes, ...count }
}

async function play(telling: Telling, step: Step): Promise<void> {
  const { model, testbed } = telling
  switch (step.kind) {
    case 'log-in':
      return await logIn(telling, step)
    case 'log-out':
      model.logOut(placeOf(telling, step).jar)
      return await send(
        telling,
        step,
        (browser) => browser.post('/logout'),
        () => {},
      )
    case 'begin':
      return await begin(telling, step)
    case 'approve':
    case 'deny':
      return decide(telling, step)
    case 'return':
      return await bringBack(telling, step)
    case 'resume': {
      const resumed = model.resume(placeOf(telling, step).jar, testbed.world.clock.now())
      return await finish(telling, step, resumed, (browser) =>
        browser.post('/integrations/attio/resume'),
      )
    }
    case 'disconnect':
      return await disconnect(telling, step)
    case 'let-go':
      return await letGo(telling, step.tab)
    case 'pass-time':
      return await testbed.passTime(step.ms)
  }
}
