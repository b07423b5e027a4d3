// An app with the OAuth holes of the tutorial's app, so that the attacks can prove they find them: connecting starts
// from a link, there is no state and no PKCE, the callback accepts any code for the signed-in account, session IDs never
// change, tokens are stored unencrypted, and errors are not caught.
import { createLocalAttio, standard, type LocalAttio } from '@taskr/local-attio'
import { Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { z } from 'zod'
import { createTestClock } from '../../app/support/clock.ts'
import { cookieHeader, countTokenRequests, type Target } from './target.ts'

const origin = 'http://localhost:3050'
const callback = '/integrations/attio/callback'

const tasks = z.object({ data: z.array(z.object({ content_plaintext: z.string() })) })

interface Registration {
  readonly username: string
  accessToken?: string
}

interface Surroundings {
  readonly attio: LocalAttio
  readonly fetch: typeof globalThis.fetch
}

export function createTutorialTarget(): Target {
  const clock = createTestClock()
  const attio = createLocalAttio({ clock, seed: 'no-tasks', rateLimits: false })
  const counted = countTokenRequests()
  const fetch = counted.between((input, init) => attio.fetch(input, init))
  const { app, registrations } = createTutorialApp({ attio, fetch })
  let known = 0
  const signUp: Target['signUp'] = async (username, planted = new Map()) => {
    const answer = await app.request('/signup', {
      method: 'POST',
      body: new URLSearchParams({ username }),
      headers: { cookie: cookieHeader(planted) },
    })
    const given = /^sid=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '')?.[1]
    return new Map([...planted, ...(given === undefined ? [] : ([['sid', given]] as const))])
  }
  return {
    origin,
    callback,
    attioOrigin: attio.origin,
    resume: '/integrations/attio/resume',
    sessionCookie: 'sid',
    signUp,
    // The attacker's own session ID works, because signing up does not change it.
    knownSessionId: async () => (await signUp(`known${++known}`)).get('sid') ?? '',
    beginning: (cookies) =>
      new Request(`${origin}/integrations/attio/connect`, {
        headers: { cookie: cookieHeader(cookies) },
      }),
    approve: (url) =>
      attio.control.consent({ url, person: standard.people.ada.emailAddress, workspace: 'acme' }),
    send: async (request) => await app.fetch(request),
    tokenRequests: counted.seen,
    links: async () =>
      new Set(
        registrations.flatMap(({ username, accessToken }) =>
          accessToken === undefined ? [] : [`${username} ${accessToken}`],
        ),
      ),
    advance: async (ms) => await clock.advance(ms),
    settle: async () => {},
    close: async () => attio.close(),
  }
}

function createTutorialApp({ attio, fetch }: Surroundings) {
  const { clientId, clientSecret } = attio.registerApp({
    name: 'The tutorial',
    redirectUris: [origin + callback],
    scopes: ['task:read-write'],
  })
  const registrations: Registration[] = []
  const sessions = new Map<string, Registration>()
  const app = new Hono()
  // The tutorial's app handles no errors: an exception outside a try ends its process.
  app.onError((error) => {
    throw error
  })

  app.post('/signup', async (context) => {
    const form = new URLSearchParams(await context.req.text())
    const registration = { username: form.get('username') ?? '' }
    registrations.push(registration)
    const held = getCookie(context, 'sid')
    const sid = held !== undefined && sessions.has(held) ? held : `sid-${sessions.size + 1}`
    sessions.set(sid, registration)
    setCookie(context, 'sid', sid, { path: '/' })
    return context.redirect('/')
  })

  app.get('/integrations/attio/connect', (context) => {
    const query = `response_type=code&client_id=${clientId}&redirect_uri=${origin}${callback}`
    return context.redirect(`${attio.origin}/authorize?${query}`)
  })

  app.get(callback, async (context) => {
    const registration = sessions.get(getCookie(context, 'sid') ?? '')
    if (registration === undefined) return context.redirect('/signup')
    // Express turns a repeated parameter into a list, which a form joins with commas.
    const code = context.req.queries('code')?.join(',') ?? ''
    if (code === '') return context.text('There is no code.', 400)
    const answer = await fetch(`${attio.origin}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code,
        redirect_uri: origin + callback,
        client_id: clientId,
        client_secret: clientSecret,
      }),
    })
    if (!answer.ok) return context.text('The exchange failed.', 500)
    registration.accessToken = tokenIn(await answer.json())
    return context.redirect('/')
  })

  app.get('/', async (context) => {
    const { accessToken } = sessions.get(getCookie(context, 'sid') ?? '') ?? {}
    if (accessToken === undefined) return context.html('<h1>Welcome</h1>')
    const answer = await fetch(`${attio.origin}/v2/tasks?limit=10`, {
      headers: { authorization: `Bearer ${accessToken}` },
    })
    // The tutorial's app takes any answer of Attio for tasks.
    const { data } = tasks.parse(await answer.json())
    return context.html(data.map(({ content_plaintext }) => content_plaintext).join('<br>'))
  })

  return { app, registrations }
}

/** Returns the token from an answer without checking it. */
function tokenIn(answer: unknown): string {
  return typeof answer === 'object' && answer !== null && 'access_token' in answer
    ? String(answer.access_token)
    : 'undefined'
}
