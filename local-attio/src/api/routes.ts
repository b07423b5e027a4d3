// Serves api.attio.com/v2: finds the operation, checks token, rate and scopes, and runs its handler.
import type { Context, Hono } from 'hono'
import type { Env } from '../http.ts'
import type { Parts } from '../parts.ts'
import type { AccessToken } from '../world/access.ts'
import type { Actor } from '../world/entities.ts'
import { authenticate, readToken } from './access/authenticate.ts'
import { requireScopes } from './access/scopes.ts'
import { identify } from './access/self.ts'
import { handlers } from './operations/handlers.ts'
import {
  operationEntries,
  operations,
  type Operation,
  type OperationName,
} from './operations/operations.ts'
import { unsupportedBody, unsupportedOperations } from './operations/unsupported.ts'
import { answer, send, type Outcome } from './requests/answer.ts'
import type { Call } from './requests/call.ts'
import { unknownEndpoint } from './requests/errors.ts'
import { memberName } from './requests/ignored-members.ts'
import { readJson } from './requests/read-json.ts'
import { refuseMembers } from './requests/validation.ts'

export function addApi(parts: Parts, api: Hono<Env>): void {
  api.get(operations['self.identify'].path, (c) =>
    answer(parts, c, 'self.identify', () => {
      c.env.exchange.operation = 'self.identify'
      const token = readToken(c.req.header('authorization'))
      return { status: 200, body: identify(parts.world, token) }
    }),
  )
  for (const { name, operation, path } of served) {
    api.on(operation.method, path, async (c) => {
      const body = await readJson(c, operation)
      return answer(parts, c, name, () => {
        c.env.exchange.operation = name
        const token = admit(parts, c, name, operation)
        const call = callOf(parts, c, { token, body: body() })
        const result = handlers[name](call)
        const headers = Object.fromEntries(call.answerHeaders)
        return { status: operation.status ?? 200, body: result, headers }
      })
    })
  }
  for (const { operation, path } of unsupported) {
    api.on(operation[0], path, (c) =>
      send(parts, c, { status: 501, body: unsupportedBody(operation) }),
    )
  }
  api.options('/v2/*', (c) => send(parts, c, preflightOf(c)))
  for (const path of ['/v2/*', '/scim/*', '/openapi/*']) {
    api.all(path, (c) =>
      answer(parts, c, undefined, () => {
        throw unknownEndpoint(c.req.method, c.req.path)
      }),
    )
  }
}

// Worked out once: a program may create thousands of servers.
const served = operationEntries.flatMap(([name, operation]) =>
  name === 'self.identify' ? [] : [{ name, operation, path: honoPath(operation.path) }],
)
const unsupported = unsupportedOperations.map((operation) => ({
  operation,
  path: honoPath(operation[1]),
}))

/** "/v2/tasks/{task_id}" → "/v2/tasks/:task_id". */
function honoPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    name === 'target' ? ':target{objects|lists}' : `:${name}`,
  )
}

/**
 * Answers the question of a browser whether a page of another origin may call the API.
 * assumed: seen are only the headers of the answers themselves, which let every origin read them.
 */
function preflightOf(c: Context<Env>): Outcome {
  const wanted = c.req.header('access-control-request-headers')
  return {
    status: 204,
    body: undefined,
    headers: {
      'access-control-allow-methods': 'GET,HEAD,PUT,PATCH,POST,DELETE',
      ...(wanted !== undefined && { 'access-control-allow-headers': wanted }),
      vary: 'Origin, Access-Control-Request-Headers',
    },
  }
}

/** Checks token, rate and scopes, in this order. */
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

function callOf(parts: Parts, c: Context<Env>, rest: Pick<Call, 'token' | 'body'>): Call {
  return {
    ...rest,
    world: parts.world,
    ids: parts.ids,
    now: parts.clock.now(),
    origin: parts.settings.origin,
    shapes: parts.settings.shapes,
    workspaceId: rest.token.workspaceId,
    actor: actorOf(rest.token),
    memberId: rest.token.memberId,
    params: c.req.param(),
    query: new URLSearchParams(c.env.exchange.query),
    answerHeaders: new Map(),
    ignore: (members) => {
      if (parts.settings.isStrict) refuseMembers(members)
      c.env.exchange.ignoredMembers.push(...members.map(memberName))
    },
  }
}

/** Seen: the app is the actor of changes made with its OAuth tokens. */
function actorOf(token: AccessToken): Actor {
  return { type: token.appId ? 'app' : 'api-token', id: token.clientId }
}
