// Shared by the tests: a local Attio with an app, a token and short ways to send requests.
import type { z } from 'zod'
import { createLocalAttio, type LocalAttio, type LocalAttioOptions } from './local-attio.ts'
import { allScopes } from './api/access/scopes.ts'
import { standard } from './seed/standard.ts'

export const redirectUri = 'http://localhost:3050/integrations/attio/callback'

export const taskScopes = [
  'task:read-write',
  'object_configuration:read',
  'record_permission:read',
  'user_management:read',
]

export type Answer = {
  readonly status: number
  readonly headers: Headers
  readonly body: unknown
  /** Returns the body as the schema parses it; throws when it does not match. */
  as<Schema extends z.ZodType>(schema: Schema): z.infer<Schema>
}

export type TestAttio = LocalAttio & {
  readonly clientId: string
  readonly clientSecret: string
  readonly token: string
  /** Calls the API with the token, or with the given one. */
  call(method: string, path: string, body?: unknown, token?: string): Promise<Answer>
  /** Posts a form to an OAuth endpoint. */
  post(path: string, form: Readonly<Record<string, string>>): Promise<Answer>
}

/** Creates a local Attio whose clock is frozen at noon on a Monday, with an app that has every scope. */
export function createTestAttio(options: LocalAttioOptions = {}): TestAttio {
  return asTestAttio(
    createLocalAttio({
      rateLimits: false,
      checkAnswers: true,
      clock: { now: () => noon },
      ...options,
    }),
  )
}

/** Registers an app with every scope, and issues it a token of Ada's for Acme Robotics. */
export function asTestAttio(attio: LocalAttio): TestAttio {
  const credentials = attio.registerApp({
    name: 'Taskr',
    redirectUris: [redirectUri],
    scopes: allScopes.filter((scope) => scope.endsWith(':read-write')),
  })
  const token = attio.issueAccessToken({
    clientId: credentials.clientId,
    memberEmail: standard.people.ada.emailAddress,
    workspace: 'acme',
  })
  const send = async (path: string, init: RequestInit): Promise<Answer> =>
    answerOf(await attio.fetch(`${attio.origin}${path}`, init))
  return {
    ...attio,
    ...credentials,
    token,
    call: (method, path, body, bearer = token) =>
      send(path, {
        method,
        headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    post: (path, form) => send(path, { method: 'POST', body: new URLSearchParams(form) }),
  }
}

export const noon = Date.UTC(2026, 4, 18, 12)

export async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') ?? false
  const body: unknown = isJson && text !== '' ? JSON.parse(text) : text
  return {
    status: response.status,
    headers: response.headers,
    body,
    as: (schema) => schema.parse(body),
  }
}

export type AuthorizeParameters = Readonly<Record<string, string>>

/** Returns the address of an authorization request. */
export function authorizeUrl(attio: TestAttio, extra: AuthorizeParameters = {}): URL {
  const url = new URL('/authorize', attio.origin)
  const parameters = {
    client_id: attio.clientId,
    response_type: 'code',
    redirect_uri: redirectUri,
    state: 'state-1',
    ...extra,
  }
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return url
}

/** Returns a fresh code, as the consent page issues it to Ada for Acme Robotics. */
export function grantCode(attio: TestAttio, extra: AuthorizeParameters = {}): string {
  const sentTo = attio.control.consent({
    url: authorizeUrl(attio, extra),
    person: standard.people.ada.emailAddress,
    workspace: 'acme',
  })
  return sentTo.searchParams.get('code') ?? ''
}

/** Returns the form of a token request. */
export function tokenForm(attio: TestAttio, code: string): Record<string, string> {
  return {
    grant_type: 'authorization_code',
    client_id: attio.clientId,
    client_secret: attio.clientSecret,
    redirect_uri: redirectUri,
    code,
  }
}
