import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { data, refusal } from '../../testing/answers.ts'
import { clientOn } from '../../testing/client.ts'
import {
  createCircuitBreaker,
  createCircuitBreakerState,
  failuresUntilOpen,
  firstPauseMs,
  longestPauseMs,
  type CircuitPermit,
} from './circuit-breaker.ts'
import { createSharedBackOff } from './shared-back-off.ts'

const step = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ kind: 'call' } as const) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('return' as const),
      which: fc.nat(5),
      how: fc.constantFrom('answered', 'failed', 'failed', 'failed', 'abandoned'),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.nat(30_000) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('clock' as const), ms: fc.integer({ max: 1e8 }) }),
  },
)

const steps = fc.array(step, { minLength: 20, maxLength: 200, size: 'max' })

describe('RL-06 the circuit breaker', () => {
  test('RL-06 any sequence of events allows one probe at a time, none early and none that blocks forever', () => {
    fc.assert(fc.property(steps, fc.double({ min: 0, max: 0.99, noNaN: true }), check), {
      numRuns: 1_000,
    })
  })

  test('RL-06 pauses double from two to fifteen seconds, and restart at two after a success', () => {
    let now = 0
    const circuit = createCircuitBreaker(createCircuitBreakerState(), {
      now: () => now,
      random: () => 0,
    })
    const pauses: number[] = []
    const failUntilOpen = () => {
      while (circuit.openUntil() === undefined) circuit.tryEnter()?.leave('failed')
      pauses.push((circuit.openUntil() ?? 0) - now)
      now += pauses.at(-1) ?? 0
    }
    for (let time = 0; time < 8; time += 1) failUntilOpen()
    circuit.tryEnter()?.leave('answered')
    failUntilOpen()
    const seconds = pauses.map((ms) => ms / 1_000)
    assert.deepEqual(seconds, [2, 4, 8, 15, 15, 15, 15, 15, 2])
  })

  test('RL-06 while open, calls fail fast with retryAt; one probe’s success lets all calls through', async () => {
    const sharedBackOff = createSharedBackOff()
    let isDown = true
    const steps = [() => (isDown ? refusal(503) : data([]))]
    const { client, sent, time } = clientOn(steps, { sharedBackOff, attempts: 1 })
    for (let call = 0; call < failuresUntilOpen; call += 1) {
      await assert.rejects(time.run(client.tasks.list()), { status: 503 })
    }
    const retryAt = time.now() + firstPauseMs
    const spared = { name: 'AttioUnavailableError', kind: 'unavailable', retryAt }
    await assert.rejects(client.tasks.list(), spared)
    await assert.rejects(client.tasks.create({ content: 'Not sent' }), spared)
    assert.equal(sent.length, failuresUntilOpen, 'nothing was sent')

    await time.run(time.wait(firstPauseMs))
    const results = await time.run(
      Promise.allSettled(Array.from({ length: 20 }, () => client.tasks.list())),
    )
    assert.equal(sent.length, failuresUntilOpen + 1, 'one probe')
    const names = results.map(({ status, reason }: { status: string; reason?: Error }) =>
      status === 'fulfilled' ? status : (reason?.name ?? ''),
    )
    assert.equal(names.filter((name) => name === 'AttioApiError').length, 1)
    assert.equal(names.filter((name) => name === 'AttioUnavailableError').length, 19)

    isDown = false
    await time.run(time.wait(2 * firstPauseMs))
    await time.run(client.tasks.list())
    await time.run(Promise.all(Array.from({ length: 20 }, () => client.tasks.list())))
  })

  test('RL-06 an Attio that is down does not affect clients of another Attio', async () => {
    const sharedBackOff = createSharedBackOff()
    const down = clientOn([new TypeError('fetch failed')], { sharedBackOff, attempts: 1 })
    const { now, wait } = down.time
    for (let call = 0; call < failuresUntilOpen; call += 1) {
      await assert.rejects(down.client.tasks.list(), { kind: 'network' })
    }
    const beside = clientOn([data([])], { sharedBackOff, now, wait })
    await assert.rejects(beside.client.tasks.list(), { kind: 'unavailable' })
    const local = 'http://localhost:3060'
    const endpoints = { app: local, api: local }
    await clientOn([data([])], { sharedBackOff, now, wait, endpoints }).client.tasks.list()
  })

  test('RL-06 a retry that the breaker stops reports the failure before it', async () => {
    const { client, sent, time } = clientOn([refusal(500)])
    await assert.rejects(time.run(client.tasks.list()), { status: 500 })
    await assert.rejects(time.run(client.tasks.list()), { status: 500 })
    assert.equal(sent.length, failuresUntilOpen)
  })

  test('RL-06 Attio’s refusals, such as rate limits and 404s, do not open the breaker', async () => {
    const { client, sent, time } = clientOn([refusal(404)])
    for (let call = 0; call < 20; call += 1) {
      await assert.rejects(time.run(client.tasks.get('task')), { status: 404 })
    }
    assert.equal(sent.length, 20)
  })
})

interface Underway {
  readonly permit: CircuitPermit
  readonly isProbe: boolean
  /** How many times it had opened or closed before. */
  readonly chapter: number
}

/** Checks the circuit's guarantees as a caller observes them. */
function check(
  steps: readonly (typeof step extends fc.Arbitrary<infer S> ? S : never)[],
  r: number,
) {
  const state = createCircuitBreakerState()
  let now = 1e12
  const circuit = createCircuitBreaker(state, { now: () => now, random: () => r })
  const underway: Underway[] = []
  let passedMs = Infinity // since it last opened, in real elapsed time
  let wasSetForward = false // since it last opened
  let setBackMs = Infinity // since the clock was set back
  let pauseMs = 0
  let inARow = 0
  let chapter = 0
  for (const step of steps) {
    const wasOpen = state.isOpen
    if (step.kind === 'wait') {
      now += step.ms
      passedMs += step.ms
      setBackMs += step.ms
    } else if (step.kind === 'clock') {
      now += step.ms
      if (step.ms > 0) wasSetForward = true // it may consider the pause over
      else if (circuit.openUntil() !== undefined) setBackMs = 0 // it may count the pause once more
    } else if (step.kind === 'call') {
      const permit = circuit.tryEnter()
      const isProbing = underway.some(({ isProbe }) => isProbe)
      if (permit === undefined) {
        const isPaused = passedMs < pauseMs || setBackMs < pauseMs
        assert.ok(wasOpen && (isProbing || isPaused), 'refuses only while it must')
        assert.ok((circuit.openUntil() ?? 0) >= now)
      } else {
        assert.ok(!wasOpen || !isProbing, 'one probe at a time')
        const isTime: boolean = passedMs >= pauseMs || wasSetForward
        assert.ok(!wasOpen || isTime, 'no probe before its time')
        underway.push({ permit, isProbe: wasOpen, chapter })
      }
    } else {
      const [back] = underway.splice(step.which % Math.max(1, underway.length), 1)
      if (back === undefined) continue
      const generation = state.generation
      back.permit.leave(step.how)
      if (back.isProbe && step.how === 'answered') {
        assert.ok(!state.isOpen, 'success closes it')
        inARow = 0
      }
      if (state.generation !== generation && state.isOpen) {
        assert.equal(step.how, 'failed', 'only a failure opens it')
        const grown = back.isProbe
        const previousMs = pauseMs
        pauseMs = (circuit.openUntil() ?? 0) - now
        passedMs = 0
        wasSetForward = false
        assert.ok(pauseMs >= firstPauseMs && pauseMs <= longestPauseMs * 1.25 + 1)
        if (grown) assert.ok(pauseMs >= Math.min(previousMs, longestPauseMs), 'it grows')
        else assert.ok(inARow >= failuresUntilOpen - 1, 'only several failures in a row open it')
      }
      const isNews = back.chapter === chapter && step.how !== 'abandoned'
      if (!wasOpen && isNews) inARow = step.how === 'failed' ? inARow + 1 : 0
      if (state.generation !== generation) chapter += 1
      if (!state.isOpen && !wasOpen) assert.ok(state.failuresInARow < failuresUntilOpen)
    }
  }
}
