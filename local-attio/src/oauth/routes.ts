// Stands for app.attio.com/oauth: token, introspect, revoke.
import type { Context, Hono } from 'hono'
import { readToken } from '../api/access/authenticate.ts'
import { AttioError, rateLimited, refuse } from '../api/requests/errors.ts'
import { identify } from '../api/access/self.ts'
import { textResponse, type Env } from '../http.ts'
import type { Parts } from '../parts.ts'
import { exchangeCode } from './exchange.ts'
import { readForm, type Form } from './form.ts'
import { createRevocationLimit } from './revocation-limit.ts'

export function addOauthEndpoints(parts: Parts, oauth: Hono<Env>): void {
  const countRevocation = createRevocationLimit()

  oauth.post('/oauth/token', async (c) => {
    c.env.exchange.operation = 'oauth.token'
    if (/^basic /i.test(c.req.header('authorization') ?? '')) {
      return json(c, 401, { error: 'invalid_client', error_description: useTheForm })
    }
    const form = await formOf(c)
    if (form.kind !== 'form') {
      const description =
        form.kind === 'duplicate'
          ? `${form.name} is given more than once.`
          : 'The body has to be application/x-www-form-urlencoded.'
      return json(c, 400, { error: 'invalid_request', error_description: description })
    }
    c.env.exchange.clientId = form.fields.get('client_id')
    const exchanged = exchangeCode(parts, form.fields)
    return exchanged.kind === 'granted'
      ? json(c, 200, { access_token: exchanged.accessToken, token_type: 'Bearer' })
      : json(c, exchanged.status, {
          error: exchanged.error,
          error_description: exchanged.description,
        })
  })

  oauth.post('/oauth/introspect', async (c) => {
    c.env.exchange.operation = 'oauth.introspect'
    const { fromHeader, fromForm } = await tokensOf(c)
    return attioJson(c, () => identify(parts.world, fromHeader ?? fromForm))
  })

  oauth.post('/oauth/revoke', async (c) => {
    c.env.exchange.operation = 'oauth.revoke'
    const { fromHeader, fromForm } = await tokensOf(c)
    return attioJson(c, () => {
      const retryAt = countRevocation(c.env.address, parts.clock.now())
      if (retryAt !== undefined) throw rateLimited(retryAt)
      const token = fromHeader ?? fromForm
      // Documented: 400 for no token and for two different ones; the bodies are assumed.
      if (token === undefined) throw refuse('missing_value', 'A token to revoke is required.')
      if (fromHeader !== undefined && fromForm !== undefined && fromHeader !== fromForm) {
        throw refuse('validation_type', 'The two tokens that were provided are not the same.')
      }
      parts.world.transact(() => parts.world.accessTokens.remove(token))
      return undefined
    })
  })
}

// assumed: Attio documents credentials only in the form, so any other way is a client error.
const useTheForm =
  'Send client_id and client_secret as form fields (client_secret_post). HTTP Basic authentication is not supported here.'

async function formOf(c: Context<Env>): Promise<Form> {
  return readForm(c.req.header('content-type'), await c.req.text())
}

type Tokens = { readonly fromHeader: string | undefined; readonly fromForm: string | undefined }

async function tokensOf(c: Context<Env>): Promise<Tokens> {
  const form = await formOf(c)
  return {
    fromHeader: readToken(c.req.header('authorization')),
    fromForm: form.kind === 'form' ? form.fields.get('token') : undefined,
  }
}

function attioJson(c: Context<Env>, work: () => object | undefined): Response {
  try {
    const body = work()
    return body ? json(c, 200, body) : json(c, 204, undefined)
  } catch (error) {
    if (!(error instanceof AttioError)) throw error
    return json(c, error.status, error.toBody(), error.details.headers)
  }
}

/** RFC 6749 §5.1: caches must not store answers with tokens. */
function json(
  c: Context<Env>,
  status: number,
  body: object | undefined,
  extra: Readonly<Record<string, string>> = {},
): Response {
  const headers = { 'cache-control': 'no-store', pragma: 'no-cache', ...extra }
  if (body === undefined) return new Response(null, { status, headers })
  return textResponse(c.env, {
    status,
    headers: { ...headers, 'content-type': 'application/json; charset=utf-8' },
    text: JSON.stringify(body),
  })
}
