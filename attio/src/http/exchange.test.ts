import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { startServer } from '../../testing/server.ts'
import { createAttioClient } from '../client.ts'
import { AttioNetworkError, AttioTimeoutError, AttioTooLargeError } from '../errors.ts'

const accessToken = 'token'
const json = { 'content-type': 'application/json' }
const onceAt = (endpoints: { app: string; api: string }, options: object = {}) =>
  createAttioClient({ accessToken, endpoints, attempts: 1, ...options })

describe('H-46 RL-05 the deadline', () => {
  test('RL-05 covers the headers: a server that never answers', async () => {
    await using server = await startServer(() => {})
    const client = onceAt(server.endpoints, { deadlineMs: 40 })
    await assert.rejects(client.self.identify(), AttioTimeoutError)
  })

  test('RL-05 covers the body: a server that stops in the middle', async () => {
    await using server = await startServer((_request, response) => {
      response.writeHead(200, json).write('{"active":')
    })
    const client = onceAt(server.endpoints, { deadlineMs: 80 })
    await assert.rejects(client.self.identify(), { name: 'AttioTimeoutError', deadlineMs: 80 })
  })

  test('RL-05 covers a body that drips forever', async () => {
    await using server = await startServer((_request, response) => {
      response.writeHead(200, json)
      const drip = setInterval(() => response.write(' '), 5)
      response.on('close', () => clearInterval(drip))
    })
    const client = onceAt(server.endpoints, { deadlineMs: 80 })
    await assert.rejects(client.self.identify(), AttioTimeoutError)
  })

  test('RL-05 holds even when the given fetch ignores its signal', async () => {
    const client = createAttioClient({
      accessToken,
      deadlineMs: 20,
      fetch: () => new Promise(() => {}),
    })
    await assert.rejects(client.self.identify(), AttioTimeoutError)
  })

  test('RL-05 a deadline is reported as such when the given fetch rejects with another error', async () => {
    const client = createAttioClient({
      accessToken,
      deadlineMs: 20,
      fetch: (_input, init) =>
        new Promise((_resolve, reject) => {
          init?.signal?.addEventListener('abort', () => reject(new Error('aborted by user')))
        }),
    })
    await assert.rejects(client.self.identify(), AttioTimeoutError)
  })

  test('a call that missed its deadline is not retried', async () => {
    let calls = 0
    const client = createAttioClient({
      accessToken,
      deadlineMs: 20,
      fetch: () => {
        calls += 1
        return new Promise(() => {})
      },
    })
    await assert.rejects(client.self.identify(), AttioTimeoutError)
    assert.equal(calls, 1)
  })

  test('RL-34 an abandoned exchange leaves no open connection', async () => {
    await using server = await startServer((_request, response) => {
      response.writeHead(200, json).write('{')
    })
    const client = onceAt(server.endpoints, { deadlineMs: 60 })
    await assert.rejects(client.self.identify())
    while ((await server.openConnections()) > 0) await new Promise(setImmediate)
  })

  test("a signal that fires rejects with the signal's own reason", async () => {
    await using server = await startServer(() => controller.abort(new Error('stopping')))
    const controller = new AbortController()
    const client = onceAt(server.endpoints, { signal: controller.signal })
    await assert.rejects(client.self.identify(), { message: 'stopping' })
    await assert.rejects(client.self.identify(), { message: 'stopping' })
  })
})

describe('H-58 the body', () => {
  const mb = Buffer.alloc(1_000_000, ' ')

  test('H-58 an endless answer is cut off at 5 MB with AttioTooLargeError', async () => {
    let written = 0
    await using server = await startServer((_request, response) => {
      response.writeHead(200, json)
      const more = (): void => {
        written += 1
        if (!response.destroyed) response.write(mb, () => setImmediate(more))
      }
      more()
    })
    await assert.rejects(onceAt(server.endpoints).self.identify(), {
      name: 'AttioTooLargeError',
      maxBodyBytes: 5_000_000,
    })
    assert.ok(written < 30)
  })

  test('H-58 a small answer that unpacks to 50 MB is cut off', async () => {
    await using server = await startServer((_request, response) => {
      response.writeHead(200, { ...json, 'content-encoding': 'gzip' })
      response.end(gzipSync(Buffer.alloc(50_000_000)))
    })
    await assert.rejects(onceAt(server.endpoints).self.identify(), AttioTooLargeError)
  })

  test('H-58 an answer with an announced length above the limit is not read', async () => {
    await using server = await startServer((_request, response) => {
      response.writeHead(200, { ...json, 'content-length': '100000000' }).write('{')
    })
    await assert.rejects(onceAt(server.endpoints).self.identify(), AttioTooLargeError)
  })

  test('H-57 a shorter body than announced is a broken connection', async () => {
    await using server = await startServer((_request, response) => {
      response.writeHead(200, { ...json, 'content-length': '100' }).write('{"active":')
      setImmediate(() => response.destroy())
    })
    await assert.rejects(onceAt(server.endpoints).self.identify(), AttioNetworkError)
  })

  test('characters split between two chunks are read whole', async () => {
    const bytes = Buffer.from('{"data":[]}'.replace('[]', '[ ]'))
    await using server = await startServer((_request, response) => {
      response.writeHead(200, json).write(bytes.subarray(0, 5))
      setImmediate(() => response.end(bytes.subarray(5)))
    })
    assert.deepEqual((await onceAt(server.endpoints).tasks.list()).tasks, [])
  })
})

describe('the connection', () => {
  test('H-57 a reset is an AttioNetworkError, after three attempts for a read', async () => {
    await using server = await startServer((request) => request.socket.destroy())
    const client = createAttioClient({
      accessToken,
      endpoints: server.endpoints,
      wait: async () => {},
    })
    await assert.rejects(client.self.identify(), AttioNetworkError)
    assert.equal(server.requests(), 3)
  })

  for (const status of [301, 302, 303, 307, 308]) {
    test(`OA-17 a ${status} is never followed, so the token stays here`, async () => {
      await using elsewhere = await startServer((_request, response) => response.end('{}'))
      await using server = await startServer((_request, response) => {
        response.writeHead(status, { location: `${elsewhere.origin}/v2/self` }).end()
      })
      await assert.rejects(onceAt(server.endpoints).self.identify(), AttioNetworkError)
      assert.equal(elsewhere.requests(), 0)
    })
  }

  test('OA-17 a redirect returned by the given fetch is refused', async () => {
    const fetch = async () => new Response(null, { status: 302, headers: { location: '/' } })
    const client = createAttioClient({ accessToken, fetch })
    await assert.rejects(client.self.identify(), { expectation: 'an answer, not a redirect' })
  })
})
