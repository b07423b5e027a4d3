import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { isOfDomains, readDomain, type SignUpRule } from './sign-up-rule.ts'

const rule: SignUpRule = { mode: 'open', domains: ['acme.example', 'xn--bcher-kva.example'] }

suite('the domains that may sign up', () => {
  test('SU-01 an address counts by exactly what follows its last @', () => {
    for (const address of ['jo@acme.example', 'JO@ACME.Example', 'jo@bücher.example']) {
      assert.equal(isOfDomains(rule, address), true, address)
    }
    for (const address of [
      'jo@acme.example.evil.example',
      'jo@evil-acme.example',
      'jo@sub.acme.example',
      'jo@acme.example.',
      'jo@acme.example@evil.example',
      'jo@acme',
      'jo@',
      'jo@acme.example\0.evil.example',
      'jo@[acme.example]',
      'jo@аcme.example',
      'acme.example',
      '@acme.example',
    ]) {
      assert.equal(isOfDomains(rule, address), false, address)
    }
  })

  test('a rule without domains takes any address', () => {
    assert.equal(isOfDomains({ mode: 'open', domains: [] }, 'jo@anywhere.example'), true)
  })

  test('text that is no domain is refused', () => {
    for (const text of ['', '@acme.example', 'acme', '*.acme.example', 'a b.example', '10.0.0.1']) {
      assert.equal(readDomain(text), undefined, text)
    }
    assert.equal(readDomain(' Bücher.Example '), 'xn--bcher-kva.example')
  })
})
