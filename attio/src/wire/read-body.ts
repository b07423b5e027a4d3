// Checks an answer's JSON against a schema and reports the first place that does not match.
import type { z } from 'zod'
import { AttioResponseError } from '../errors.ts'
import { expectationOf, pathOf } from './issue.ts'
import { parseJson, problemOf } from '../http/json.ts'

/** Returns the parsed body. Throws AttioResponseError with path and expectation, without the body. */
export function readBodyAs<T>(request: string, text: string, schema: z.ZodType<T>): T {
  const body = parseJson(text)
  if (body === undefined) {
    throw new AttioResponseError(request, '', problemOf(text) ?? 'expected JSON')
  }
  const result = schema.safeParse(body)
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new AttioResponseError(request, pathOf(issue), expectationOf(issue))
}
