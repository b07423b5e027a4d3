// api.attio.com/v2: finds the operation, checks token, rate and scopes, runs the handler in a
// transaction, and renders its result or its error as Attio's JSON.
import { Hono, type Context } from 'hono'
import { textResponse, type Env } from '../http.ts'
import type { Parts } from '../parts.ts'
import { timestamp } from '../timestamps.ts'
import type { AccessToken, Actor } from '../world/entities.ts'
import { authenticate, readToken } from './access/authenticate.ts'
import type { Call } from './requests/call.ts'
import { AttioError, refuse, unknownEndpoint } from './requests/errors.ts'
import { memberName } from './requests/ignored-members.ts'
import { refuseMembers } from './requests/validation.ts'
import { handlers } from './operations/handlers.ts'
import {
  operationEntries,
  operations,
  type Operation,
  type OperationName,
} from './operations/operations.ts'
import { checkAnswer } from './schemas/answers.ts'
import { requireScopes } from './access/scopes.ts'
import { identify } from './access/self.ts'
import { unsupportedBody, unsupportedOperations } from './operations/unsupported.ts'

export function createApi(parts: Parts): Hono<Env> {
  const api = new Hono<Env>()
  api.get(operations['self.identify'].path, async (c) =>
    answer(parts, c, 'self.identify', () => {
      c.env.exchange.operation = 'self.identify'
      return identify(parts.world, readToken(c.req.header('authorization')))
    }),
  )
  for (const [name, operation] of operationEntries) {
    if (name === 'self.identify') continue
    api.on(operation.method, honoPath(operation.path), async (c) => {
      const body = await readJson(c, operation)
      return answer(parts, c, name, (answerHeaders) => {
        c.env.exchange.operation = name
        const token = admit(parts, c, name, operation)
        return handlers[name](callOf(parts, c, { token, body: body(), answerHeaders }))
      })
    })
  }
  for (const operation of unsupportedOperations) {
    const [method, path] = operation
    api.on(method, honoPath(path), (c) => c.json(unsupportedBody(operation), 501))
  }
  api.all('/v2/*', async (c) =>
    answer(parts, c, undefined, () => {
      throw unknownEndpoint(c.req.method, c.req.path)
    }),
  )
  return api
}

/** "/v2/tasks/{task_id}" → "/v2/tasks/:task_id". */
function honoPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    name === 'target' ? ':target{objects|lists}' : `:${name}`,
  )
}

/** Token, rate, scopes: in this order. */
function admit(
  parts: Parts,
  c: Context<Env>,
  name: OperationName,
  operation: Operation,
): AccessToken {
  const token = authenticate(parts.world, c.req.header('authorization'))
  const { clientId } = token
  c.env.exchange.clientId = clientId
  const now = parts.clock.now()
  parts.rateLimits.count({ clientId, operation: name, access: operation.access, now })
  requireScopes(token.scopes, operation.scopes)
  return token
}

function callOf(
  parts: Parts,
  c: Context<Env>,
  rest: Pick<Call, 'token' | 'body' | 'answerHeaders'>,
): Call {
  return {
    ...rest,
    world: parts.world,
    ids: parts.ids,
    now: parts.clock.now(),
    origin: parts.settings.origin,
    shapes: parts.settings.shapes,
    workspaceId: rest.token.workspaceId,
    actor: actorOf(rest.token),
    ignore: (members) => {
      if (parts.settings.isStrict) refuseMembers(members)
      c.env.exchange.ignoredMembers.push(...members.map(memberName))
    },
    memberId: rest.token.memberId,
    params: c.req.param(),
    query: new URLSearchParams(c.env.exchange.query),
  }
}

/** Seen: what an OAuth token does is done by the app. */
function actorOf(token: AccessToken): Actor {
  return { type: token.appId ? 'app' : 'api-token', id: token.clientId }
}

/** Reads the body now and judges it later: a missing token is told before malformed JSON. */
async function readJson(c: Context<Env>, operation: Operation): Promise<() => unknown> {
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

const exposedHeaders = [
  'x-attio-client',
  'x-attio-execution-id',
  'x-attio-platform',
  'x-attio-platform-version',
  'x-attio-record-query-score',
  'x-attio-app-installation-bundle-id',
  'WWW-Authenticate',
].join(',')

function answer(
  parts: Parts,
  c: Context<Env>,
  name: OperationName | undefined,
  work: (answerHeaders: Map<string, string>) => unknown,
): Response {
  const answerHeaders = new Map<string, string>()
  const outcome = outcomeOf(parts, () => work(answerHeaders))
  if (parts.settings.checkAnswers) checkAnswer(name, outcome.status, outcome.body)
  const isSuccess = outcome.status === 200
  const headers: Record<string, string> = {
    'content-type': 'application/json; charset=utf-8',
    'x-attio-execution-id': parts.ids.uuid(),
    'access-control-allow-origin': '*',
    'access-control-expose-headers': exposedHeaders,
    vary: 'Origin',
    ...(isSuccess && { 'x-accurate-at': timestamp(parts.clock.now()) }),
    ...outcome.headers,
  }
  for (const [name, value] of answerHeaders) headers[name] = value
  return textResponse(c.env, {
    status: outcome.status,
    headers,
    text: JSON.stringify(outcome.body),
  })
}

type Outcome = {
  readonly status: number
  readonly body: unknown
  readonly headers: Readonly<Record<string, string>>
}

function outcomeOf(parts: Parts, work: () => unknown): Outcome {
  try {
    return { status: 200, body: parts.world.transact(work), headers: {} }
  } catch (error) {
    if (!(error instanceof AttioError)) throw error
    return { status: error.status, body: error.toBody(), headers: error.details.headers ?? {} }
  }
}
