// The place and the expectation of a schema's first complaint, without the value.
import type { z } from 'zod'

type Issue = z.core.$ZodIssue | undefined

const longest = 200

/** Returns a dotted path such as `data.0.created_at`. */
export function pathOf(issue: Issue): string {
  return (issue?.path ?? []).map(String).join('.').slice(0, longest)
}

/** Returns what was expected. Zod's messages name types and options, never values. */
export function expectationOf(issue: Issue): string {
  const { message = 'another form' } = issue ?? {}
  return message.replace(/^Invalid input: /, '').slice(0, longest)
}
