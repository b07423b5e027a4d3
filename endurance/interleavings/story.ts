// Plays one story step by step, on the testbed and in the model.
import assert from 'node:assert/strict'
import { standard } from '@taskr/local-attio'
import type { Answer, Browser } from '../../testing/in-process/http-browser.ts'
import { password } from '../../testing/in-process/testbed.ts'
import {
  createModel,
  type AuthorizationRequest,
  type Callback,
  type Connection,
  type Finishing,
  type Model,
} from './interleaving-model.ts'
import type { InterleavingTestbed } from './interleaving-testbed.ts'
import { browserOfTab, type Gate, type Step, type Tab } from './interleaving-steps.ts'
import { lastThose, newPlace, pick, type Place } from './places.ts'

export interface Told {
  readonly model: Model
  readonly callbacks: readonly BroughtBack[]
  /** The codes that Taskr may have sent to Attio. */
  readonly codes: readonly string[]
  readonly connected: number
  readonly refused: number
  readonly held: number
}

export interface BroughtBack {
  readonly callback: Callback
  readonly address: string
  readonly code: string | undefined
}

type StepOf<Kind extends Step['kind']> = Extract<Step, { readonly kind: Kind }>
type Sent = { readonly tab: Tab; readonly node: 0 | 1; readonly gate?: Gate | undefined }

export async function playStory(
  testbed: InterleavingTestbed,
  steps: readonly Step[],
): Promise<Told> {
  const { world, gates } = testbed
  const { clock } = world
  const model = createModel()
  const places = [newPlace(testbed), newPlace(testbed)] as const
  const placeOf = ({ tab }: { readonly tab: Tab }): Place => places[browserOfTab[tab]]
  const urls = new Map<AuthorizationRequest, string>()
  const callbacks: BroughtBack[] = []
  const inFlight = new Map<Tab, () => Promise<void>>()
  const codes: string[] = []
  const count = { connected: 0, refused: 0, held: 0 }

  for (const step of steps) {
    // Gives every step its own time, so that IDs made on two nodes sort correctly.
    await clock.advance(5)
    if ('node' in step && inFlight.has(step.tab)) continue
    await play(step)
  }
  for (const tab of inFlight.keys()) await letGo(tab)
  return { model, callbacks, codes, ...count }

  async function play(step: Step): Promise<void> {
    switch (step.kind) {
      case 'log-in':
        return await logIn(step)
      case 'log-out':
        model.logOut(placeOf(step).jar)
        return await send(
          step,
          (browser) => browser.post('/logout'),
          () => {},
        )
      case 'begin':
        return await begin(step)
      case 'approve':
      case 'deny':
        return decide(step)
      case 'return':
        return await bringBack(step)
      case 'resume': {
        const resumed = model.resume(placeOf(step).jar, clock.now())
        return await finish(step, resumed, (browser) => browser.post('/integrations/attio/resume'))
      }
      case 'disconnect':
        return await disconnect(step)
      case 'let-go':
        return await letGo(step.tab)
      case 'pass-time':
        return await testbed.passTime(step.ms)
    }
  }

  async function logIn(step: StepOf<'log-in'>): Promise<void> {
    const { jar, browser } = placeOf(step)
    if (model.sessionOf(jar) !== undefined) return
    model.logIn(jar, step.person, clock.now())
    if (step.typed) {
      const form = { username: step.person, password }
      await send(
        step,
        (browser) => browser.post('/login', form),
        (answer) => assertIs(answer, 303),
      )
    } else browser.cookies.set('taskr_session', await testbed.signIn(step.person))
  }

  async function begin(step: StepOf<'begin'>): Promise<void> {
    const { jar } = placeOf(step)
    const wanted = pick(model.connections, step.reconnects)
    const form = wanted === undefined ? {} : { connection: await idOf(wanted) }
    const begun = model.begin(jar, wanted, clock.now())
    await send(
      step,
      (browser) => browser.post('/integrations/attio/connect', form),
      ({ location = '' }) => {
        assert.equal(location.startsWith(`${world.attio.origin}/authorize`), begun !== undefined)
        if (begun !== undefined) urls.set(begun, location)
      },
    )
  }

  function decide(step: StepOf<'approve'> | StepOf<'deny'>): void {
    const isDecided = (one: AuthorizationRequest): boolean =>
      callbacks.some(({ callback }) => callback.request === one)
    const request = pick(
      lastThose(model.requests, (one) => !isDecided(one)),
      step.which,
    )
    if (request === undefined) return
    const workspace = step.kind === 'approve' ? step.workspace : undefined
    const back = world.attio.control.consent({
      url: urls.get(request) ?? '',
      person: standard.people.ada.emailAddress,
      workspace: workspace ?? 'acme',
      decision: workspace === undefined ? 'deny' : 'allow',
    })
    callbacks.push({
      callback: { request, workspace, madeAt: clock.now() },
      address: back.pathname + back.search,
      code: back.searchParams.get('code') ?? undefined,
    })
  }

  async function bringBack(step: StepOf<'return'>): Promise<void> {
    const { jar } = placeOf(step)
    const own = lastThose(callbacks, ({ callback }) => jar.tickets.has(callback.request))
    const brought = pick(
      lastThose(
        own,
        ({ callback }) => jar.tickets.has(callback.request) && callback.request.isOpen,
      ),
      step.which,
    )
    if (brought === undefined) return
    const received = model.receive(jar, brought.callback, clock.now())
    await finish(step, received, (browser) => browser.get(brought.address))
  }

  /** Plays the exchange of a code, in Taskr and in the model. */
  async function finish(
    step: StepOf<'return'> | StepOf<'resume'>,
    finishing: Finishing | undefined,
    request: (browser: Browser) => Promise<Answer>,
  ): Promise<void> {
    const { gate } = step
    const sent = callbacks.find(({ callback }) => callback === finishing?.callback)
    if (sent?.code !== undefined) codes.push(sent.code)
    const startedAt = clock.now()
    await send(step, request, (answer) => {
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

  async function disconnect(step: StepOf<'disconnect'>): Promise<void> {
    const connection = pick(model.connections, step.which)
    if (connection === undefined) return
    const { jar } = placeOf(step)
    const id = await idOf(connection)
    const { isEnded, newCookie } = model.disconnect(jar, connection, clock.now())
    await send(
      step,
      (browser) => browser.post(`/connections/${id}/disconnection`, { password }),
      (answer) => {
        assert.equal(answer.location === '/connections', isEnded)
        if (newCookie !== undefined) jar.cookie = newCookie
      },
    )
  }

  /** Sends a request and finishes it now or, when a gate holds it, once it is released. */
  async function send(
    step: Sent,
    request: (browser: Browser) => Promise<Answer>,
    end: (answer: Answer) => void,
  ): Promise<void> {
    const place = placeOf(step)
    place.node = step.node
    const held = step.gate === undefined ? undefined : gates.put(step.gate)
    const answering = request(place.browser)
    const ended = async (): Promise<void> => {
      const answer = await answering
      assert.notEqual(answer.status, 500)
      end(answer)
    }
    await Promise.race([answering, ...(held === undefined ? [] : [held.reached])])
    gates.open()
    if (held?.isReached() === true) {
      count.held += 1
      inFlight.set(step.tab, async () => {
        held.letGo()
        await ended()
      })
    } else await ended()
    await testbed.settle()
  }

  async function letGo(tab: Tab): Promise<void> {
    const flight = inFlight.get(tab)
    inFlight.delete(tab)
    await flight?.()
    await testbed.settle()
  }

  async function idOf({ person, workspace }: Connection): Promise<string> {
    const stored = await testbed.storedTokens()
    const found = stored.find((one) => one.person === person && one.workspace === workspace)
    return found?.connectionId ?? 'not-there'
  }
}

/** True for a redirect home or to the next waiting callback. */
function isWelcome({ status, location }: Answer, after: 'return' | 'resume'): boolean {
  const goesOn = after === 'resume' && location === '/integrations/attio/resume'
  return status === 303 && (location === '/' || goesOn)
}

function assertIs(answer: Answer, status: number): void {
  assert.equal(answer.status, status, answer.body)
}
