import assert from 'node:assert/strict'
import { test } from 'node:test'
import { browserInWords } from '../../support/browser-in-words.ts'
import { eventInWords } from '../account/views/event-in-words.ts'
import { initialsOf } from './avatar.ts'
import { hueOf, hues } from './hue.ts'
import { safeLink } from './safe-link.ts'
import { scopeInWords } from './scopes.ts'

test('initials are the first letters of the first and last word, in any script', () => {
  const names = [
    'Jo Doe',
    'Jo van Doe',
    'jo',
    ' علي  حسن ',
    '👩‍🚀 Mae',
    'Éva',
    'E\u0301va',
    '',
    '   ',
  ]
  assert.deepEqual(names.map(initialsOf), ['JD', 'JD', 'J', 'عح', '👩‍🚀M', 'É', 'E\u0301', '?', '?'])
})

test('an id always has the same colour', () => {
  for (const id of ['', 'a', '01932d5e-3c1b-7000-8000-2f5a1c9e0b11', '👩‍🚀']) {
    assert.equal(hueOf(id), hueOf(id))
    assert.ok(hueOf(id) >= 0 && hueOf(id) < hues)
  }
})

test('1.2.2 only https addresses, and http on localhost, are links', () => {
  const allowed = ['https://app.attio.com/acme/person/1', 'http://localhost:3060/acme']
  assert.deepEqual(allowed.map(safeLink), allowed)
  const refused = [
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'http://attio.example/',
    'http://localhost.evil.example/',
    '//evil.example',
    '/relative',
    'not an address',
    '',
    null,
    undefined,
  ]
  for (const address of refused) assert.equal(safeLink(address), undefined, String(address))
})

test('OA scopes have the labels of Attio’s dashboard', () => {
  assert.deepEqual(scopeInWords('task:read-write'), { label: 'Tasks', level: 'Read-write' })
  assert.deepEqual(scopeInWords('user_management:read'), {
    label: 'User management',
    level: 'Read',
  })
  assert.deepEqual(scopeInWords('new_thing:admin'), { label: 'new_thing', level: 'admin' })
})

test('a user agent is put in words', () => {
  const chrome = 'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36'
  assert.equal(browserInWords(chrome), 'Chrome on Windows')
  assert.equal(browserInWords(`${chrome} Edg/140.0`), 'Edge on Windows')
  assert.equal(browserInWords('curl/8.5.0'), 'curl')
  assert.equal(browserInWords(''), 'Unknown browser')
  assert.equal(browserInWords('x'.repeat(1000)).length, 60)
})

test('an event of an unknown kind is shown as stored', () => {
  assert.equal(eventInWords('signed-in'), 'Logged in')
  assert.equal(eventInWords('something-quite-new'), 'Something quite new')
})
