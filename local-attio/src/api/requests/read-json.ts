// Reads a request's body as JSON.
import type { Context } from 'hono'
import type { Env } from '../../http.ts'
import type { Operation } from '../operations/operations.ts'
import { isTooDeep } from '../../json-depth.ts'
import { refuse } from './errors.ts'

/** Reads the body now and parses it later: a missing token is reported before malformed JSON. */
export async function readJson(c: Context<Env>, operation: Operation): Promise<() => unknown> {
  if (operation.method === 'GET' || operation.method === 'DELETE') return () => undefined
  const text = await c.req.text()
  return () => {
    if (text === '') return undefined
    if (isTooDeep(text)) throw malformed('The body is nested too deeply') // assumed
    try {
      const body: unknown = JSON.parse(text)
      return body
    } catch {
      throw malformed('The body is not valid JSON')
    }
  }
}

function malformed(message: string) {
  return refuse('validation_type', 'Body payload validation error.', {
    validationErrors: [{ code: 'invalid', path: [], message }],
  })
}
