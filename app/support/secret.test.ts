import assert from 'node:assert/strict'
import { test } from 'node:test'
import { format, inspect } from 'node:util'
import { Secret } from './secret.ts'

const secret = new Secret('canary-7f3a')

test('TK-12 a secret prints [secret] in every way of printing it', () => {
  const printed = [
    String(secret),
    String.raw`${secret}`,
    'a' + String(secret),
    JSON.stringify({ secret }),
    inspect(secret),
    inspect({ deep: { secret } }, { depth: 9, showHidden: true }),
    format('%s %o %j', secret, secret, secret),
    Object.keys(secret).join(','),
    JSON.stringify(structuredClone(Object.assign({}, secret))),
    new Error(String.raw`failed with ${secret}`).message,
  ]
  for (const text of printed) assert.doesNotMatch(text, /canary/)
  assert.equal(String(secret), '[secret]')
  assert.equal(JSON.stringify({ secret }), '{"secret":"[secret]"}')
})

test('a secret is revealed only when asked', () => {
  assert.equal(secret.reveal(), 'canary-7f3a')
})
