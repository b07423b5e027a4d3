// Reads a request's body as JSON.
import type { Context } from 'hono'
import type { Env } from '../../http.ts'
import type { Operation } from '../operations/operations.ts'
import { refuse } from './errors.ts'

/** Reads the body now and parses it later: a missing token is reported before malformed JSON. */
export async function readJson(c: Context<Env>, operation: Operation): Promise<() => unknown> {
  if (operation.method === 'GET' || operation.method === 'DELETE') return () => undefined
  const text = await c.req.text()
  return () => {
    if (text === '') return undefined
    try {
      const body: unknown = JSON.parse(text)
      return body
    } catch {
      throw refuse('validation_type', 'Body payload validation error.', {
        validationErrors: [{ code: 'invalid', path: [], message: 'The body is not valid JSON' }],
      })
    }
  }
}
