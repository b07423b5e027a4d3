import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { data } from '../../testing/answers.ts'
import { clientOn } from '../../testing/client.ts'
import { addressOf, attioEndpoints, checkEndpoints } from './endpoints.ts'

test('OA-27 OA-28 an Attio origin is https, or http on loopback', () => {
  const good = ['https://api.attio.com', 'https://x.example:8443/', 'http://localhost:3060']
  for (const api of [...good, 'http://127.0.0.1:1', 'http://[::1]:3060', 'http://a.localhost']) {
    assert.equal(checkEndpoints({ ...attioEndpoints, api }).api, new URL(api).origin)
  }
  const bad = ['', 'api.attio.com', 'http://api.attio.com', 'https://api.attio.com/v2', 'file:///x']
  const worse = ['https://u:p@x.example', 'https://x.example?a', 'https://x.example#a', 'ftp://x']
  for (const app of [...bad, ...worse, 'http://localhost.example', 'http://127.0.0.1.example']) {
    assert.throws(() => checkEndpoints({ ...attioEndpoints, app }), TypeError, app)
  }
})

test('an id cannot point to another resource', async () => {
  const { client, sent } = clientOn([data([])])
  for (const id of ['', '.', '..']) await assert.rejects(client.tasks.get(id), TypeError)
  assert.equal(sent.length, 0)
})

test('OA-28 any id stays one path segment of our origin', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (id) => {
      fc.pre(id !== '.' && id !== '..')
      const url = addressOf('https://api.attio.com', ['v2', 'tasks', id])
      assert.equal(url.origin, 'https://api.attio.com')
      assert.equal(url.search + url.hash, '')
      assert.equal(decodeURIComponent(url.pathname.replace('/v2/tasks/', '')), id)
    }),
  )
})
