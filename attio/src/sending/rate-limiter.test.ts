import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { data, refusal, wireTask } from '../../testing/answers.ts'
import { clientOn } from '../../testing/client.ts'
import { AttioUnavailableError } from '../errors.ts'
import type { LimitedCall } from './rate-limiter.ts'

describe('the rate limiter of a client', () => {
  test('RL-01 the rate limiter is called before every attempt, retries included, and again after each', async () => {
    const order: string[] = []
    const { client, time } = clientOn(
      [
        () => (order.push('sent'), refusal(503)),
        () => (order.push('sent'), refusal(429, { headers: { 'retry-after': '1' } })),
        () => (order.push('sent'), data([wireTask()])),
      ],
      {
        rateLimiter: async ({ method, access }) => {
          order.push(`${method} ${access}`)
          return () => void order.push('over')
        },
      },
    )
    await time.run(client.tasks.list())
    const attempt = ['GET read', 'sent', 'over']
    assert.deepEqual(order, [...attempt, ...attempt, ...attempt])
  })

  test('RL-01 queries and searches count as reads, changes as writes', async () => {
    const calls: LimitedCall[] = []
    const { client } = clientOn([data([])], { rateLimiter: async (call) => void calls.push(call) })
    await client.records.query('people')
    await client.records.search({ query: 'Ada', objects: ['people'] })
    await client.tasks.delete('task').catch(() => {})
    await client.tasks.create({ content: 'New' }).catch(() => {})
    assert.deepEqual(
      calls.map(({ method, access }) => `${method} ${access}`),
      ['POST read', 'POST read', 'DELETE write', 'POST write'],
    )
  })

  test('RL-05 waiting for a permit does not count towards the deadline', async () => {
    let isWaiting = true
    const { client } = clientOn([data([])], {
      deadlineMs: 20,
      rateLimiter: async () => {
        await new Promise((resolve) => setTimeout(resolve, 60))
        isWaiting = false
      },
    })
    await client.tasks.list()
    assert.equal(isWaiting, false)
  })

  test('RL-03 a call that waits for a permit when a pause begins also waits for the pause to end', async () => {
    const turn = Promise.withResolvers<void>()
    const arrivals: number[] = []
    let turns = 0
    const { client, sent, time } = clientOn(
      [
        refusal(429, { headers: { 'retry-after': '5' } }),
        () => {
          arrivals.push(time.now())
          return data([])
        },
      ],
      {
        attempts: 1,
        rateLimiter: async () => {
          turns += 1
          if (turns === 1) await turn.promise
        },
      },
    )
    const beganAt = time.now()
    const queued = client.tasks.list()
    await assert.rejects(time.run(client.tasks.list()), { status: 429 })
    turn.resolve()
    await time.run(queued)
    assert.equal(sent.length, 2)
    assert.ok((arrivals[0] ?? 0) >= beganAt + 5_000, 'and was not sent into the pause')
  })

  test('an error of the rate limiter rejects the call, and no request is sent', async () => {
    const noWay = new AttioUnavailableError('GET /v2/tasks', 'the limits are out of reach')
    const { client, sent } = clientOn([data([])], { rateLimiter: () => Promise.reject(noWay) })
    await assert.rejects(client.tasks.list(), (error) => error === noWay)
    assert.equal(sent.length, 0)
  })

  test('a retry without a permit reports the failure before it, because the request may have taken effect', async () => {
    let turns = 0
    const rateLimiter = async () => {
      turns += 1
      if (turns > 1) throw new AttioUnavailableError('PATCH', 'the limits are out of reach')
    }
    const { client, time } = clientOn([refusal(502)], { rateLimiter })
    const call = time.run(client.tasks.update('task', { isCompleted: true }))
    await assert.rejects(call, { status: 502 })
  })

  test('the rate limiter is told when an attempt ends, successful or not', async () => {
    let over = 0
    const rateLimiter = async () => () => void (over += 1)
    const failing = clientOn([new TypeError('fetch failed')], { rateLimiter, attempts: 1 })
    await assert.rejects(failing.client.tasks.list(), { kind: 'network' })
    const accessToken = () => Promise.reject(new Error('sealed'))
    await assert.rejects(clientOn([data([])], { rateLimiter, accessToken }).client.tasks.list())
    assert.equal(over, 2)
  })

  test('the client’s signal aborts calls that wait for a permit', async () => {
    const controller = new AbortController()
    const { client } = clientOn([data([])], {
      signal: controller.signal,
      rateLimiter: (_call, signal) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(new Error('given up')))
        }),
    })
    const call = client.tasks.list()
    controller.abort()
    await assert.rejects(call, { message: 'given up' })
  })
})
