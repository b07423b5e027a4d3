// Background work as spans, each below what started it.
import type { Clock } from '../support/clock.ts'
import type { Within } from '../work/work.ts'
import type { Tracing } from './span.ts'
import { withoutIds } from './without-ids.ts'

export function withinSpans(tracing: Tracing, clock: Clock): Within {
  return async (name, work) => {
    const span = tracing.start(withoutIds(name), { kind: 'internal', startedAt: clock.now() })
    await span.run(work).finally(() => span.end({ endedAt: clock.now() }))
  }
}
