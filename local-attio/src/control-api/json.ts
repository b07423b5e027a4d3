// Parses the JSON of a control request and reports its problems. The answers do not have the shape of
// Attio's errors, so that a client cannot mistake them for Attio's.
import type { Context } from 'hono'
import type { z } from 'zod'
import type { Env } from '../http.ts'
import { isTooDeep } from '../json-depth.ts'

export type ReadJson<Body> =
  | { readonly kind: 'read'; readonly body: Body }
  | { readonly kind: 'refused'; readonly answer: Response }

/** An empty body counts as `{}`. */
export async function readJson<Schema extends z.ZodType>(
  c: Context<Env>,
  schema: Schema,
): Promise<ReadJson<z.infer<Schema>>> {
  const text = await c.req.text()
  if (isTooDeep(text))
    return { kind: 'refused', answer: refuse(c, 'The body is nested too deeply.') }
  const json = parseJson(text.trim() === '' ? '{}' : text)
  if (!json) return { kind: 'refused', answer: refuse(c, 'The body is not JSON.') }
  const parsed = schema.safeParse(json.value)
  if (parsed.success) return { kind: 'read', body: parsed.data }
  return { kind: 'refused', answer: refuse(c, 'The body has problems.', parsed.error) }
}

export function refuse(c: Context<Env>, message: string, error?: z.ZodError): Response {
  const problems = error?.issues.map(
    ({ path, message }) => `${path.join('.') || 'body'}: ${message}`,
  )
  return c.json({ local_attio: message, ...(problems && { problems }) }, 400)
}

/** Answers with the result, or 204 when there is none; an error of the in-process control becomes a 400. */
export function answerOrRefuse(
  c: Context<Env>,
  work: () => object | void,
  status: 200 | 201 = 200,
): Response {
  try {
    const result = work()
    return result === undefined ? c.body(null, 204) : c.json(result, status)
  } catch (error) {
    return refuse(c, error instanceof Error ? error.message : String(error))
  }
}

function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return undefined
  }
}
