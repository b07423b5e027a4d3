import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { inspect } from 'node:util'
import { data, refusal, taskId, wireTask } from '../../testing/answers.ts'
import { clientOn } from '../../testing/client.ts'
import { createVirtualTime } from '../../testing/virtual-time.ts'
import { createAttioClient } from '../client.ts'
import { AttioApiError, AttioNetworkError } from '../errors.ts'
import { createSharedBackOff } from './shared-back-off.ts'

const reset = new TypeError('fetch failed')
const goneTask = (id: string) => refusal(404, { message: `Could not find Task with ID "${id}".` })
const tooMany = (retryAfter?: string) =>
  refusal(429, retryAfter === undefined ? {} : { headers: { 'retry-after': retryAfter } })

describe('retries', () => {
  test('RL-04 a read that got a 502 is retried and succeeds', async () => {
    const { client, sent, time } = clientOn([refusal(502), reset, data([wireTask()])])
    const { tasks } = await time.run(client.tasks.list())
    assert.equal(tasks.length, 1)
    assert.equal(sent.length, 3)
  })

  test('RL-04 after three attempts the last failure is reported', async () => {
    const { client, sent, time } = clientOn([refusal(500), refusal(503), refusal(502)])
    await assert.rejects(time.run(client.tasks.list()), { name: 'AttioApiError', status: 502 })
    assert.equal(sent.length, 3)
  })

  test('RL-09 a create with an unknown outcome is never retried', async () => {
    for (const failure of [reset, refusal(500), refusal(503), refusal(504)]) {
      const { client, sent, time } = clientOn([failure, data(wireTask())])
      await assert.rejects(time.run(client.tasks.create({ content: 'Once' })))
      assert.equal(sent.length, 1)
    }
  })

  test('RL-02 a create that got a 429 is retried after the requested wait', async () => {
    const { client, sent, time } = clientOn([tooMany('2'), data(wireTask())])
    await time.run(client.tasks.create({ content: 'Once' }))
    assert.equal(sent.length, 2)
    assert.deepEqual(time.waits, [2_000])
  })

  test('a query of records is a POST that reads, so it is retried', async () => {
    const { client, sent, time } = clientOn([refusal(503), data([])])
    assert.deepEqual(await time.run(client.records.query('people')), [])
    assert.equal(sent.length, 2)
  })

  test('a delete whose answer is lost and whose retry gets a 404 succeeds', async () => {
    const { client, sent, time } = clientOn([reset, goneTask('task')])
    await time.run(client.tasks.delete('task'))
    assert.equal(sent.length, 2)
  })

  test('a delete that gets a 404 on its first attempt, or after a 429, fails', async () => {
    for (const steps of [[goneTask('task')], [tooMany('1'), goneTask('task')]]) {
      const { client, time } = clientOn(steps)
      await assert.rejects(time.run(client.tasks.delete('task')), { status: 404 })
    }
  })

  test('RL-04 when every call fails, a client sends at most a tenth more requests than calls', async () => {
    const { client, sent, time } = clientOn([refusal(500)])
    for (let call = 0; call < 500; call += 1) {
      await assert.rejects(time.run(client.self.identify()))
    }
    assert.ok(sent.length <= 500 * 1.1 + 10, String(sent.length))
  })

  test('the token function is called before every attempt', async () => {
    const tokens = ['old', 'new']
    const accessToken = () => tokens.shift() ?? 'none'
    const { client, sent, time } = clientOn([refusal(500), data([])], { accessToken })
    await time.run(client.tasks.list())
    assert.deepEqual(
      sent.map(({ headers }) => headers.get('authorization')),
      ['Bearer old', 'Bearer new'],
    )
  })
})

describe('a gateway’s answer', () => {
  const html = (status: number) => () =>
    new Response('<h1>Not found</h1>', { status, headers: { 'content-type': 'text/html' } })

  test('RL-04 a change that got an HTML 404 is retried and succeeds', async () => {
    const { client, sent, time } = clientOn([html(404), data(wireTask())])
    await time.run(client.tasks.update(taskId, { isCompleted: true }))
    assert.equal(sent.length, 2)
  })

  test('a delete that gets only HTML 404s fails, and its error is not from Attio', async () => {
    const { client, sent, time } = clientOn([html(404)])
    const call = time.run(client.tasks.delete('task'))
    await assert.rejects(call, { status: 404, isFromAttio: false, code: 'unknown' })
    assert.equal(sent.length, 3)
  })

  test('a delete whose retry gets a 404 about another resource fails', async () => {
    const object = refusal(404, { message: 'Object with slug/ID "task" not found.' })
    const { client, time } = clientOn([reset, object])
    await assert.rejects(time.run(client.tasks.delete('task')), { status: 404 })
  })

  const noProofs: readonly (readonly [status: number, body: string | null])[] = [
    [200, ''],
    [200, '[]'],
    [200, 'null'],
    [200, '{"data":null}'],
    [200, '{"status":"maintenance"}'],
    [200, '{"status_code":503,"type":"api_error","code":"unavailable","message":"later"}'],
    [202, '{}'],
    [203, '{}'],
    [204, null],
    [206, '{}'],
  ]
  for (const [status, body] of noProofs) {
    test(`a delete is not proven by a ${status} with ${body ?? 'no body'}`, async () => {
      const { client, time } = clientOn([() => new Response(body, { status })])
      await assert.rejects(time.run(client.tasks.delete('task')), { kind: 'response' })
    })
  }

  test('RL-09 a create that got an HTML 403 is not retried', async () => {
    const { client, sent, time } = clientOn([html(403), data(wireTask())])
    await assert.rejects(time.run(client.tasks.create({ content: 'Once' })), { isFromAttio: false })
    assert.equal(sent.length, 1)
  })

  test('RL-06 a gateway’s page neither opens nor closes the circuit breaker', async () => {
    const { client, sent, time } = clientOn([html(403)], { attempts: 1 })
    for (let call = 0; call < 10; call += 1) {
      await assert.rejects(time.run(client.tasks.list()), { status: 403 })
    }
    assert.equal(sent.length, 10)
  })
})

describe('a rate limit', () => {
  test('RL-02 a call whose requested wait exceeds the cap fails at once with retryAt', async () => {
    const { client, sent, time } = clientOn([tooMany('600')])
    const retryAt = time.now() + 600_000
    await assert.rejects(time.run(client.tasks.list()), { status: 429, retryAt })
    assert.equal(sent.length, 1)
    await assert.rejects(time.run(client.tasks.list()), { status: 429, retryAt })
    assert.equal(sent.length, 1, 'and the next call is not even sent')
  })

  test('RL-03 during a rate limit, a hundred calls send one probe per requested interval', async () => {
    const time = createVirtualTime()
    const probesBySecond = new Map<number, number>()
    const client = createAttioClient({
      accessToken: 'token',
      now: time.now,
      wait: time.wait,
      random: Math.random,
      fetch: async () => {
        const second = Math.floor(time.now() / 1_000)
        await time.wait(20)
        probesBySecond.set(second, (probesBySecond.get(second) ?? 0) + 1)
        return tooMany(new Date((second + 1) * 1_000).toUTCString())
      },
    })
    await assert.rejects(time.run(client.self.identify()), { status: 429 })
    probesBySecond.clear()
    const calls = Array.from({ length: 100 }, (_, index) =>
      time.wait(index * 20).then(() => client.self.identify()),
    )
    const results = await time.run(Promise.allSettled(calls))
    assert.ok(results.every((result) => result.status === 'rejected'))
    assert.ok(probesBySecond.size >= 5)
    assert.ok(probesBySecond.size <= 15, 'and no call waits much longer than the cap')
    assert.deepEqual([...new Set(probesBySecond.values())], [1])
  })

  test('RL-03 after a rate limit every call goes through, spread in time', async () => {
    const time = createVirtualTime()
    const calmAt = time.now() + 4_500
    const arrivals: number[] = []
    const client = createAttioClient({
      accessToken: 'token',
      now: time.now,
      wait: time.wait,
      random: Math.random,
      fetch: async () => {
        if (time.now() < calmAt) return tooMany('1')
        arrivals.push(time.now())
        return data([])
      },
    })
    await assert.rejects(time.run(client.tasks.list()))
    await time.run(Promise.all(Array.from({ length: 50 }, () => client.tasks.list())))
    assert.equal(arrivals.length, 50)
    assert.ok(new Set(arrivals).size > 20, 'not all in the same instant')
  })

  test('RL-03 clients of one token with a shared back-off pause together', async () => {
    const sharedBackOff = createSharedBackOff()
    const { client, time } = clientOn([tooMany('3600')], { sharedBackOff })
    const { now, wait } = time
    await assert.rejects(time.run(client.tasks.list()), { status: 429 })
    const other = clientOn([data([])], { sharedBackOff, now, wait })
    await assert.rejects(other.client.tasks.list(), { status: 429 })
    assert.equal(other.sent.length, 0)
    const alone = clientOn([data([])])
    await alone.client.tasks.list()
  })

  test('RL-03 a pause applies only to the token and the endpoints that Attio limited', async () => {
    const sharedBackOff = createSharedBackOff()
    const limited = clientOn([tooMany('3600'), data([])], { sharedBackOff })
    const { now, wait } = limited.time
    await assert.rejects(limited.time.run(limited.client.tasks.list()), { status: 429 })
    await limited.client.records.query('people')
    await limited.client.objects.list()
    await assert.rejects(limited.client.tasks.get('task'), { status: 429 })
    assert.equal(limited.sent.length, 3, 'reads of tasks pause, records and objects do not')
    const other = clientOn([data([])], { sharedBackOff, now, wait, tokenKey: 'another token' })
    await other.client.tasks.list()
    assert.equal(other.sent.length, 1)
    assert.deepEqual([...sharedBackOff.pauses.keys()].length, 1)
  })

  test('RL-03 a finished pause leaves no state behind', async () => {
    const sharedBackOff = createSharedBackOff()
    const { client, time } = clientOn([tooMany('1'), data([])], { sharedBackOff })
    await time.run(client.tasks.list())
    assert.equal(sharedBackOff.pauses.size, 0)
  })

  for (const header of ['31536000', 'Thu, 31 Dec 2099 23:59:59 GMT']) {
    test(`RL-02 a Retry-After of ${header} pauses for fifteen minutes at most`, async () => {
      const { client, sent, time } = clientOn([tooMany(header), data([])])
      const retryAt = time.now() + 15 * 60_000
      await assert.rejects(time.run(client.tasks.list()), { status: 429, retryAt })
      await time.run(time.wait(15 * 60_000))
      await time.run(client.tasks.list())
      assert.equal(sent.length, 2)
    })
  }

  test('RL-29 a clock set back by a day makes no pause longer than requested', async () => {
    let setBackMs = 0
    const time = createVirtualTime()
    const now = () => time.now() - setBackMs
    const steps = [tooMany('2'), data([])]
    const { client, sent } = clientOn(steps, { now, wait: time.wait, attempts: 1 })
    await assert.rejects(time.run(client.tasks.list()), { status: 429 })
    setBackMs = 86_400_000
    await time.run(client.tasks.list())
    assert.equal(sent.length, 2)
    assert.deepEqual(time.waits, [2_000])
  })

  test('RL-29 a clock set back by a day does not extend a pause that is longer than calls wait', async () => {
    let setBackMs = 0
    const time = createVirtualTime()
    const now = () => time.now() - setBackMs
    const steps = [tooMany('3600'), data([])]
    const { client, sent } = clientOn(steps, { now, wait: time.wait })
    await assert.rejects(time.run(client.tasks.list()), { status: 429 })
    setBackMs = 86_400_000
    await assert.rejects(time.run(client.tasks.list()), { status: 429 })
    await time.run(time.wait(900_000))
    await time.run(client.tasks.list())
    assert.equal(sent.length, 2)
  })

  test('an aborted client does not wait for the probe', async () => {
    const controller = new AbortController()
    const sharedBackOff = createSharedBackOff()
    const never = new Promise<Response>(() => {})
    const ending = new AbortController()
    const options = { sharedBackOff, signal: ending.signal }
    const probe = clientOn([tooMany('1'), () => never], options)
    const probing = assert.rejects(probe.client.tasks.list())
    while (probe.sent.length < 2) await probe.time.run(probe.time.wait(300))
    const { client } = clientOn([data([])], { sharedBackOff, signal: controller.signal })
    const call = client.tasks.list()
    controller.abort(new Error('shutting down'))
    await assert.rejects(call, { message: 'shutting down' })
    ending.abort(new Error('the end'))
    await probing
  })

  test('a 429 without Retry-After still backs off', async () => {
    const { client, time } = clientOn([tooMany(), tooMany(), data([])], { random: () => 0.5 })
    await time.run(client.tasks.list())
    assert.ok(time.waits.every((ms) => ms >= 125))
  })
})

describe('error reporting', () => {
  test('an error body becomes an AttioApiError with all its parts', async () => {
    const { client, time } = clientOn([
      refusal(400, {
        code: 'validation_type',
        message: 'Body payload validation error.',
        validation_errors: [
          { code: 'invalid_type', path: ['data', 'deadline_at'], message: 'Required', extra: 1 },
        ],
        headers: { 'x-attio-execution-id': 'e-1' },
      }),
    ])
    const failure = await time.run(client.tasks.list()).catch((error: unknown) => error)
    assert.ok(failure instanceof AttioApiError)
    const { status, code, type, attioMessage, executionId, validationErrors } = failure
    assert.deepEqual(
      { status, code, type, attioMessage, executionId },
      {
        status: 400,
        code: 'validation_type',
        type: 'invalid_request_error',
        attioMessage: 'Body payload validation error.',
        executionId: 'e-1',
      },
    )
    assert.deepEqual(validationErrors, [
      { code: 'invalid_type', path: ['data', 'deadline_at'], message: 'Required' },
    ])
    assert.match(failure.message, /^GET \/v2\/tasks: Attio answered 400 validation_type: Body/)
  })

  const strangeBodies = ['<html>Bad gateway</html>', '', '[]', 'null', '"no"', '{"code":7}', '{']
  for (const body of strangeBodies) {
    test(`RL-19 a 400 with the body ${JSON.stringify(body)} is an AttioApiError, code unknown`, async () => {
      const { client, time } = clientOn([new Response(body, { status: 400 })])
      await assert.rejects(time.run(client.self.identify()), { status: 400, code: 'unknown' })
    })
  }

  test('a broken connection is an AttioNetworkError with its cause', async () => {
    const { client, time } = clientOn([reset])
    const failure = await time.run(client.tasks.get('t')).catch((error: unknown) => error)
    assert.ok(failure instanceof AttioNetworkError)
    assert.equal(failure.cause, reset)
  })

  test('a request’s query, which may hold an e-mail address, is not in its error', async () => {
    const { client, time } = clientOn([refusal(400)])
    const call = time.run(client.tasks.list({ assignee: 'ada@example.com' }))
    await assert.rejects(call, (error) => !inspect(error).includes('ada'))
  })

  test("aborting the client's signal ends a wait with the signal's reason", async () => {
    const controller = new AbortController()
    const { client } = clientOn([tooMany('5')], {
      signal: controller.signal,
      wait: (_ms, signal) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason))
        }),
    })
    const call = client.tasks.list()
    setImmediate(() => controller.abort(new Error('shutting down')))
    await assert.rejects(call, { message: 'shutting down' })
  })
})
