// A real OpenID Connect provider on a loopback port, with one person whose facts a test chooses. `tamper` changes the
// answers of its token endpoint, as a hostile provider, or a stranger on the way, would. The person logs in without a
// page, unless the test has a browser that shows one.
import { generateKeyPairSync, sign as signBytes, type KeyObject } from 'node:crypto'
import { createServer, type Server, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import { Provider } from 'oidc-provider'
import { z } from 'zod'
import { freePort } from '../free-port.ts'

export interface Person {
  readonly subject: string
  readonly email: string
  readonly isVerified: boolean | string
  readonly name?: string
}

export interface TestProvider {
  readonly issuer: string
  /** The variables that name it. */
  readonly environment: Readonly<Record<string, string>>
  /** The person who logs in from now on; undefined for one who refuses. */
  person: Person | undefined
  /** Changes the claims or the header of the next ID tokens. */
  tamper: ((token: IdToken) => IdToken | string) | undefined
  /** How many requests the token endpoint has received. */
  readonly tokenRequests: () => number
  /** Logs in at the address that Taskr led to; returns path and query of the way back. */
  readonly logIn: (address: string) => Promise<string>
  /** Signs an ID token with the provider's key. */
  readonly sign: (token: IdToken) => string
  readonly stop: () => Promise<void>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

export interface IdToken {
  readonly header: Readonly<Record<string, unknown>>
  readonly claims: Readonly<Record<string, unknown>>
}

// Without a word in it: tests look for parts of it in everything that Taskr writes.
export const clientSecret = 'k3Yw9QmZ5tLr8VbNc2XhJ6sDf1GpAa4RuEo7TiWvSyM'
const clientId = 'taskr'
const keyId = 'key-of-the-test'

export interface ProviderOptions {
  readonly port?: number
  /** The provider's host; default 127.0.0.1. */
  readonly host?: 'localhost'
  /** Shows a page on which the person logs in or refuses. */
  readonly hasPage?: boolean
}

// Module state: one key per process, because making one takes longer than most tests.
let signingKey: KeyObject | undefined

export async function startIdentityProvider(
  redirectUri: string,
  { hasPage = false, host, port }: ProviderOptions = {},
): Promise<TestProvider> {
  signingKey ??= generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  const privateKey = signingKey
  const chosenPort = port ?? (await freePort())
  const issuer = `http://${host ?? '127.0.0.1'}:${chosenPort}`
  const test: { person: Person | undefined; tamper: TestProvider['tamper']; tokens: number } = {
    person: undefined,
    tamper: undefined,
    tokens: 0,
  }
  const provider = createProvider({ issuer, redirectUri, privateKey, hasPage }, () => test.person)
  const serve = provider.callback()
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', issuer)
    if (pathname === '/token') {
      test.tokens += 1
      const tamper = test.tamper
      if (tamper !== undefined)
        tamperWith(response, (token) => tamperToken(token, tamper, privateKey))
    }
    void serve(request, response)
  })
  server.listen(chosenPort, host ?? '127.0.0.1')
  await once(server, 'listening')
  const stop = () => close(server)
  return {
    issuer,
    environment: {
      OIDC_ISSUER: issuer,
      OIDC_CLIENT_ID: clientId,
      OIDC_CLIENT_SECRET: clientSecret,
      OIDC_LABEL: 'Acme SSO',
    },
    get person() {
      return test.person
    },
    set person(person) {
      test.person = person
    },
    get tamper() {
      return test.tamper
    },
    set tamper(tamper) {
      test.tamper = tamper
    },
    tokenRequests: () => test.tokens,
    logIn: (address) => logInAt(issuer, redirectUri, address),
    sign: (token) => signToken(token, privateKey),
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

interface Described {
  readonly issuer: string
  readonly redirectUri: string
  readonly privateKey: KeyObject
  readonly hasPage: boolean
}

function createProvider(
  { hasPage, issuer, privateKey, redirectUri }: Described,
  person: () => Person | undefined,
): Provider {
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [redirectUri],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    jwks: {
      keys: [
        { ...jwkSchema.parse(privateKey.export({ format: 'jwk' })), kid: keyId, alg: 'RS256' },
      ],
    },
    cookies: { keys: ['a key for the cookies of a test'] },
    claims: {
      openid: ['sub'],
      email: ['email', 'email_verified'],
      profile: ['preferred_username'],
    },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    findAccount: (_, subject) => {
      const { email, isVerified, name } = person() ?? { email: '', isVerified: false, name: '' }
      return {
        accountId: subject,
        claims: () => ({
          sub: subject,
          email,
          email_verified: isVerified,
          ...(name === undefined ? {} : { preferred_username: name }),
        }),
      }
    },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    renderError: (context, out) => {
      context.body = JSON.stringify(out)
    },
  })
  // The person consents without a page, and logs in without one unless the test wants it.
  provider.use(async (context, next) => {
    if (!context.path.startsWith('/interaction/')) {
      await next()
      return
    }
    const { params, prompt } = await provider.interactionDetails(context.req, context.res)
    if (hasPage && prompt.name === 'login' && context.method === 'GET') {
      context.type = 'html'
      context.body = logInPage
      return
    }
    const subject = context.query['answer'] === 'refuse' ? undefined : person()?.subject
    if (subject === undefined) {
      const refusal = { error: 'access_denied', error_description: '<b>The person said no.</b>' }
      await provider.interactionFinished(context.req, context.res, refusal)
    } else if (prompt.name === 'login') {
      const login = { login: { accountId: subject } }
      await provider.interactionFinished(context.req, context.res, login)
    } else {
      const grant = new provider.Grant({
        accountId: subject,
        clientId: String(params['client_id']),
      })
      grant.addOIDCScope('openid email profile')
      const consent = { consent: { grantId: await grant.save() } }
      await provider.interactionFinished(context.req, context.res, consent)
    }
    context.respond = false
  })
  return provider
}

const logInPage = `<!doctype html>
<html lang="en">
  <title>Acme SSO</title>
  <h1>Acme SSO</h1>
  <form method="post"><button>Continue as the person</button></form>
  <form method="post" action="?answer=refuse"><button>Refuse</button></form>
</html>`

const jwkSchema = z.record(z.string(), z.string())

/** Follows the provider's redirects, with its cookies, until they lead back to Taskr. */
async function logInAt(issuer: string, redirectUri: string, address: string): Promise<string> {
  const cookies = new Map<string, string>()
  let next = address
  for (let steps = 0; steps < 10; steps += 1) {
    if (next.startsWith(redirectUri)) {
      const back = new URL(next)
      return back.pathname + back.search
    }
    const answer = await fetch(next, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    })
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const at = pair.indexOf('=')
      cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
    const location = answer.headers.get('location')
    if (location === null)
      throw new Error(`The provider answered ${answer.status}: ${await answer.text()}`)
    next = new URL(location, issuer).href
  }
  throw new Error('The provider redirects for ever.')
}

const tokenAnswer = z.looseObject({ id_token: z.string() })

/** Changes the ID token in an answer of the token endpoint. */
function tamperWith(response: ServerResponse, change: (idToken: string) => string): void {
  const end = response.end.bind(response)
  response.end = (chunk?: unknown) => {
    const text = chunk instanceof Buffer ? chunk.toString() : typeof chunk === 'string' ? chunk : ''
    const answer = tokenAnswer.safeParse(JSON.parse(text === '' ? '{}' : text))
    if (!answer.success) return end(text)
    const changed = JSON.stringify({ ...answer.data, id_token: change(answer.data.id_token) })
    response.setHeader('content-length', Buffer.byteLength(changed))
    return end(changed)
  }
}

function tamperToken(
  idToken: string,
  tamper: NonNullable<TestProvider['tamper']>,
  privateKey: KeyObject,
): string {
  const [header = '', claims = ''] = idToken.split('.')
  const changed = tamper({ header: decode(header), claims: decode(claims) })
  return typeof changed === 'string' ? changed : signToken(changed, privateKey)
}

function signToken({ claims, header }: IdToken, privateKey: KeyObject): string {
  const signed = `${encode(header)}.${encode(claims)}`
  return `${signed}.${signBytes('sha256', Buffer.from(signed), privateKey).toString('base64url')}`
}

export function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}

function decode(part: string): Record<string, unknown> {
  const text = Buffer.from(part, 'base64url').toString()
  return z.record(z.string(), z.unknown()).parse(JSON.parse(text))
}

async function close(server: Server): Promise<void> {
  if (!server.listening) return
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
}
