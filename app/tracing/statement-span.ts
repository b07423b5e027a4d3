// Statements of the database as spans, below the request or the work that sends them.
import type { Clock } from '../support/clock.ts'
import { noTracing, type Tracing } from './span.ts'

/** Returns undefined where statements are not traced, so that they cost nothing. */
export function statementSpans(
  tracing: Tracing,
  { clock, system }: { readonly clock: Clock; readonly system: 'postgresql' | 'sqlite' },
) {
  if (tracing === noTracing) return undefined
  return (statement: { readonly name: string; readonly text: string }) => {
    const span = tracing.start(statement.name, { kind: 'client', startedAt: clock.now() })
    return (hasFailed: boolean): void =>
      span.end({
        endedAt: clock.now(),
        attributes: { 'db.system.name': system, 'db.query.text': statement.text },
        hasFailed,
      })
  }
}
