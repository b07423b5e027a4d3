import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import {
  type AuthorizationErrorCode,
  findResponseState,
  type InvalidReason,
  readAuthorizationResponse,
} from './authorization-response.ts'

const state = 'mhk3N0ywjqATWYWNjWFvG6SZDpJGx7-5QLuqM9nfr4k'
const read = (query: string | [string, string][], check: object = {}) =>
  readAuthorizationResponse(new URLSearchParams(query), {
    clientId: 'client',
    expectedState: state,
    ...check,
  })
const invalid = (reason: InvalidReason) => ({ kind: 'invalid', reason })

describe('an authorization response', () => {
  test('a response with our state and a code is a code', () => {
    assert.deepEqual(read(`code=abc%2B%3D&state=${state}`), { kind: 'code', code: 'abc+=', state })
  })

  test('OA-13 a response with an error is a refusal with its code and without its description', () => {
    const errors: [error: string, code: AuthorizationErrorCode][] = [
      ['access_denied', 'access_denied'],
      ['server_error', 'server_error'],
      ['temporarily_unavailable', 'temporarily_unavailable'],
      ['invalid_request', 'invalid_request'],
      ['unauthorized_client', 'unauthorized_client'],
      ['unsupported_response_type', 'unsupported_response_type'],
      ['invalid_scope', 'invalid_scope'],
      ['<script>alert(1)</script>', 'unrecognized'],
      ['constructor', 'unrecognized'],
    ]
    for (const [error, code] of errors) {
      const description = '<img src=x onerror=alert(1)>'
      const query = new URLSearchParams({ error, state, error_description: description })
      assert.deepEqual(read(`${query}`), { kind: 'refused', error: code, state })
    }
  })

  test('OA-13 an error without our state is not a refusal', () => {
    assert.deepEqual(read('error=access_denied'), invalid('state-missing'))
    assert.deepEqual(read('error=access_denied&state=x'), invalid('state-mismatch'))
  })

  test('OA-01 H-38 a response without our state gives no code', () => {
    const wrong = [
      state.slice(0, -1),
      `${state}=`,
      `${state}\0`,
      ` ${state}`,
      state.toUpperCase(),
      'x'.repeat(1_000_000),
    ]
    for (const other of wrong) {
      const query = new URLSearchParams({ code: 'abc', state: other })
      assert.deepEqual(read(`${query}`), invalid('state-mismatch'))
    }
    assert.deepEqual(read('code=abc'), invalid('state-missing'))
    assert.deepEqual(read('code=abc&state='), invalid('state-missing'))
    assert.deepEqual(read('code=abc&state=', { expectedState: '' }), invalid('state-missing'))
  })

  test('OA-12 H-44 a repeated parameter is refused, even with equal values', () => {
    const names = ['code', 'state', 'error', 'iss', 'error_description', 'response', 'id_token']
    for (const name of names) {
      const once: [string, string][] = [
        ['code', 'abc'],
        ['state', state],
      ]
      const twice: [string, string][] = [...once, [name, state], [name, state]]
      assert.deepEqual(read(twice), invalid('duplicate-parameter'), name)
    }
  })

  test('OA-11 an issuer in the response must be ours', () => {
    const query = `code=abc&state=${state}`
    const ours = encodeURIComponent('https://app.attio.com')
    assert.equal(read(`${query}&iss=${ours}`).kind, 'code')
    assert.deepEqual(read(`${query}&iss=https://evil.example`), invalid('foreign-issuer'))
    assert.deepEqual(read(`${query}&iss=`), invalid('foreign-issuer'))
    assert.deepEqual(read(`${query}&iss=${ours}/`), invalid('foreign-issuer'))
    assert.equal(read(`${query}&iss=attio.com`, { issuer: 'attio.com' }).kind, 'code')
    assert.deepEqual(
      read(`error=access_denied&state=${state}&iss=https://evil.example`),
      invalid('foreign-issuer'),
    )
  })

  test('a response with both a code and an error, or neither, is invalid', () => {
    assert.deepEqual(read(`code=a&error=b&state=${state}`), invalid('code-and-error'))
    assert.deepEqual(read(`state=${state}`), invalid('neither-code-nor-error'))
  })

  test('a malformed code is refused', () => {
    for (const code of ['', 'a\0b', 'a\nb', 'é', 'a'.repeat(2_049)]) {
      const query = new URLSearchParams({ code, state })
      assert.deepEqual(read(`${query}`), invalid('malformed-parameter'))
    }
  })

  test('responses of other flows are refused', () => {
    for (const name of ['id_token', 'token', 'response']) {
      const query = `code=abc&state=${state}&${name}=x`
      assert.deepEqual(read(query), invalid('unsupported-response'))
    }
  })

  test('OA-01 no forged response is a code or a refusal, and none throws', () => {
    const name = fc.constantFrom('code', 'state', 'error', 'iss', 'error_description', 'x')
    const value = fc.oneof(fc.string(), fc.constantFrom(state.slice(1), '', 'access_denied'))
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value)), (query) => {
        assert.equal(read(query).kind, 'invalid')
      }),
      { numRuns: 10_000 },
    )
  })
})

test('a response’s state is found only when there is exactly one well-formed state', () => {
  const find = (query: string) => findResponseState(new URLSearchParams(query))
  assert.equal(find(`code=a&state=${state}`), state)
  const states = ['', 'state=', 'state=a&state=a', 'state=%00', `state=${'a'.repeat(2_049)}`]
  for (const query of states) assert.equal(find(query), undefined)
})
