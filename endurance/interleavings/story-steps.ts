// The steps of a story, each on the testbed and in the model.
import assert from 'node:assert/strict'
import { standard } from '@taskr/local-attio'
import type { Answer, Browser } from '../../testing/in-process/http-browser.ts'
import { password } from '../../testing/in-process/testbed.ts'
import type { AuthorizationRequest, Connection, Finishing } from './interleaving-model.ts'
import type { Step } from './interleaving-steps.ts'
import { lastThose, pick } from './places.ts'
import { send } from './send-in-story.ts'
import { placeOf, type Telling } from './telling.ts'

export type StepOf<Kind extends Step['kind']> = Extract<Step, { readonly kind: Kind }>

export async function logIn(telling: Telling, step: StepOf<'log-in'>): Promise<void> {
  const { model, testbed } = telling
  const { jar, browser } = placeOf(telling, step)
  if (model.sessionOf(jar) !== undefined) return
  model.logIn(jar, step.person, testbed.world.clock.now())
  if (step.typed) {
    const form = { username: step.person, password }
    await send(
      telling,
      step,
      (browser) => browser.post('/login', form),
      (answer) => assertIs(answer, 303),
    )
  } else browser.cookies.set('taskr_session', await testbed.signIn(step.person))
}

export async function begin(telling: Telling, step: StepOf<'begin'>): Promise<void> {
  const { model, testbed, urls } = telling
  const { jar } = placeOf(telling, step)
  const wanted = pick(model.connections, step.reconnects)
  const form = wanted === undefined ? {} : { connection: await idOf(telling, wanted) }
  const begun = model.begin(jar, wanted, testbed.world.clock.now())
  await send(
    telling,
    step,
    (browser) => browser.post('/integrations/attio/connect', form),
    ({ location = '' }) => {
      assert.equal(
        location.startsWith(`${testbed.world.attio.origin}/authorize`),
        begun !== undefined,
      )
      if (begun !== undefined) urls.set(begun, location)
    },
  )
}

export function decide(telling: Telling, step: StepOf<'approve'> | StepOf<'deny'>): void {
  const { callbacks, model, testbed, urls } = telling
  const isDecided = (one: AuthorizationRequest): boolean =>
    callbacks.some(({ callback }) => callback.request === one)
  const request = pick(
    lastThose(model.requests, (one) => !isDecided(one)),
    step.which,
  )
  if (request === undefined) return
  const workspace = step.kind === 'approve' ? step.workspace : undefined
  const back = testbed.world.attio.control.consent({
    url: urls.get(request) ?? '',
    person: standard.people.ada.emailAddress,
    workspace: workspace ?? 'acme',
    decision: workspace === undefined ? 'deny' : 'allow',
  })
  callbacks.push({
    callback: { request, workspace, madeAt: testbed.world.clock.now() },
    address: back.pathname + back.search,
    code: back.searchParams.get('code') ?? undefined,
  })
}

export async function bringBack(telling: Telling, step: StepOf<'return'>): Promise<void> {
  const { callbacks, model, testbed } = telling
  const { jar } = placeOf(telling, step)
  const own = lastThose(callbacks, ({ callback }) => jar.tickets.has(callback.request))
  const brought = pick(
    lastThose(own, ({ callback }) => jar.tickets.has(callback.request) && callback.request.isOpen),
    step.which,
  )
  if (brought === undefined) return
  const received = model.receive(jar, brought.callback, testbed.world.clock.now())
  await finish(telling, step, received, (browser) => browser.get(brought.address))
}

/** Plays the exchange of a code, in Taskr and in the model. */
export async function finish(
  telling: Telling,
  step: StepOf<'return'> | StepOf<'resume'>,
  finishing: Finishing | undefined,
  request: (browser: Browser) => Promise<Answer>,
): Promise<void> {
  const { callbacks, codes, count, model, testbed } = telling
  const { gate } = step
  const sent = callbacks.find(({ callback }) => callback === finishing?.callback)
  if (sent?.code !== undefined) codes.push(sent.code)
  const { clock } = testbed.world
  const startedAt = clock.now()
  await send(telling, step, request, (answer) => {
    const now = clock.now()
    const received = gate?.path === '/oauth/token' ? now : startedAt
    const sentAt = gate?.side === 'before' ? received : startedAt
    if (finishing !== undefined) model.exchange(finishing, { sent: sentAt, received })
    const isConnected = finishing !== undefined && model.establish(finishing, now)
    assert.equal(isWelcome(answer, step.kind), isConnected)
    // 502 means that Attio rejects the token: Taskr revoked it because no request used it in time.
    assert.ok(answer.status < 500 || (answer.status === 502 && model.isLost(finishing, now)))
    count[isConnected ? 'connected' : 'refused'] += 1
  })
}

export async function disconnect(telling: Telling, step: StepOf<'disconnect'>): Promise<void> {
  const { model, testbed } = telling
  const connection = pick(model.connections, step.which)
  if (connection === undefined) return
  const { jar } = placeOf(telling, step)
  const id = await idOf(telling, connection)
  const { isEnded, newCookie } = model.disconnect(jar, connection, testbed.world.clock.now())
  await send(
    telling,
    step,
    (browser) => browser.post(`/connections/${id}/disconnection`, { password }),
    (answer) => {
      assert.equal(answer.location === '/connections', isEnded)
      if (newCookie !== undefined) jar.cookie = newCookie
    },
  )
}

async function idOf(telling: Telling, { person, workspace }: Connection): Promise<string> {
  const { testbed } = telling
  const stored = await testbed.storedTokens()
  const found = stored.find((one) => one.person === person && one.workspace === workspace)
  return found?.connectionId ?? 'not-there'
}

/** True for a redirect home or to the next waiting callback. */
function isWelcome({ status, location }: Answer, after: 'return' | 'resume'): boolean {
  const goesOn = after === 'resume' && location === '/integrations/attio/resume'
  return status === 303 && (location === '/' || goesOn)
}

function assertIs(answer: Answer, status: number): void {
  assert.equal(answer.status, status, answer.body)
}
