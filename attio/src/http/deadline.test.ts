import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { deadlineReached, untilAborted, waitFor, withDeadline } from './deadline.ts'

const forever = new Promise<never>(() => {})
const stopping = new Error('stopping')

describe('a wait', () => {
  test('a wait is never shorter than requested', async () => {
    const beganAt = performance.now()
    await waitFor(20)
    assert.ok(performance.now() - beganAt >= 19)
  })

  test('a wait rejects with the reason of its signal, before and during it', async () => {
    const controller = new AbortController()
    const wait = waitFor(60_000, controller.signal)
    controller.abort(stopping)
    await assert.rejects(wait, stopping)
    await assert.rejects(waitFor(60_000, controller.signal), stopping)
  })
})

describe('work with a deadline', () => {
  test('work with a deadline settles in time and leaves no timer that keeps the process alive', async () => {
    assert.equal(await withDeadline(60_000, undefined, async () => 'done'), 'done')
    await assert.rejects(
      withDeadline(60_000, undefined, () => Promise.reject(stopping)),
      stopping,
    )
    const late = withDeadline(5, undefined, () => forever)
    assert.equal(await late.catch((error: unknown) => error), deadlineReached)
    assert.ok(!process.getActiveResourcesInfo().includes('Timeout'))
  })

  test('the signal passed to the work fires at the deadline', async () => {
    let heard: unknown
    const late = withDeadline(5, undefined, (signal) => {
      signal.addEventListener('abort', () => {
        heard = signal.reason
      })
      return forever
    })
    await late.catch(() => {})
    assert.equal(heard, deadlineReached)
  })

  test('work does not begin when its signal has already fired', async () => {
    let hasBegun = false
    const work = async () => void (hasBegun = true)
    await assert.rejects(withDeadline(5, AbortSignal.abort(stopping), work), stopping)
    assert.equal(hasBegun, false)
  })
})

test('an abortable promise settles with the original or rejects with the signal’s reason', async () => {
  const controller = new AbortController()
  const { signal } = controller
  assert.equal(await untilAborted(Promise.resolve(1)), 1)
  assert.equal(await untilAborted(Promise.resolve(1), signal), 1)
  await assert.rejects(untilAborted(Promise.reject(stopping), signal), stopping)
  const waiting = untilAborted(forever, signal)
  controller.abort(stopping)
  await assert.rejects(waiting, stopping)
})
