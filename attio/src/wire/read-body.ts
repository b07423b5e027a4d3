// Checks JSON against a schema and reports the first place that does not match.
import type { z } from 'zod'
import { AttioResponseError } from '../errors.ts'
import { parseJson, type ParsedJson, parseShortJson } from '../http/json.ts'
import { turnsFor } from '../http/turns.ts'
import type { AnswerSchema } from './envelope.ts'
import { expectationOf, pathOf } from './issue.ts'

/**
 * Returns the checked answer; a large one takes several turns of the event loop. Throws AttioResponseError with path and
 * expectation, without the body.
 */
export async function readAnswerAs<T>(
  request: string,
  text: string,
  answer: AnswerSchema<T>,
): Promise<T> {
  const turns = turnsFor(text.length)
  const body = valueOf(request, await parseJson(text, turns))
  return dataOf(request, await answer(turns).safeParseAsync(body))
}

/** Does the same in one go, for a body of at most 64 KB. */
export function readShortBodyAs<T>(request: string, text: string, schema: z.ZodType<T>): T {
  return dataOf(request, schema.safeParse(valueOf(request, parseShortJson(text))))
}

function valueOf(request: string, parsed: ParsedJson): unknown {
  if (parsed.kind === 'value') return parsed.value
  throw new AttioResponseError(request, '', parsed.expectation)
}

function dataOf<T>(request: string, result: z.ZodSafeParseResult<T>): T {
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new AttioResponseError(request, pathOf(issue), expectationOf(issue))
}
