// Handles a request in a transaction, and sends its result or its error as Attio does.
import type { Context } from 'hono'
import { textResponse, type Env } from '../../http.ts'
import type { Parts } from '../../parts.ts'
import { timestamp } from '../../timestamps.ts'
import type { OperationName } from '../operations/operations.ts'
import { checkAnswer } from '../schemas/answers.ts'
import { documentedShape } from './documented-shape.ts'
import { AttioError } from './errors.ts'

export type Outcome = {
  readonly status: number
  readonly body: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** Sends the outcome of an operation; `name` is undefined for an unknown endpoint. */
export function answer(
  parts: Parts,
  c: Context<Env>,
  name: OperationName | undefined,
  work: () => Outcome,
): Response {
  const outcome = outcomeOf(parts, work)
  if (parts.settings.checkAnswers) checkAnswer(name, outcome.status, outcome.body)
  const isAccurate = outcome.status < 300 && name !== undefined && !inaccurate.has(name)
  return send(parts, c, {
    ...outcome,
    headers: {
      ...(isAccurate && { 'x-accurate-at': timestamp(parts.clock.now()) }),
      ...outcome.headers,
    },
  })
}

/** Seen: these answers have no `x-accurate-at`. */
const inaccurate: ReadonlySet<OperationName> = new Set(['self.identify', 'comments.delete'])

/** Sends a body with the headers that every answer has. */
export function send(parts: Parts, c: Context<Env>, { status, body, headers }: Outcome): Response {
  const all = {
    'content-type': 'application/json; charset=utf-8',
    'x-attio-execution-id': parts.ids.uuid(),
    'x-frame-options': 'DENY',
    'access-control-allow-origin': '*',
    'access-control-expose-headers': exposedHeaders,
    vary: 'Origin',
    ...headers,
  }
  if (status === 204) return new Response(null, { status, headers: all })
  const shaped = parts.settings.shapes === 'documented' ? documentedShape(body) : body
  return textResponse(c.env, { status, headers: all, text: JSON.stringify(shaped) })
}

const exposedHeaders = [
  'x-attio-client',
  'x-attio-execution-id',
  'x-attio-platform',
  'x-attio-platform-version',
  'x-attio-record-query-score',
  'x-attio-app-installation-bundle-id',
  'WWW-Authenticate',
].join(',')

function outcomeOf(parts: Parts, work: () => Outcome): Outcome {
  try {
    return parts.world.transact(work)
  } catch (error) {
    if (!(error instanceof AttioError)) throw error
    const { headers } = error.details
    return { status: error.status, body: error.toBody(), ...(headers && { headers }) }
  }
}
