import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { changeKeys } from './change-keys.ts'

const change = (text: string, command: string, id = '', status = '{}') =>
  changeKeys(text, { command, id, fresh: 'k3:cc', status })

suite('npm run keys', () => {
  test('a new key is added at the end, and seals only after it is promoted', () => {
    assert.deepEqual(textOf(change('k1:aa\nk2:bb\n', 'add')), 'k1:aa\nk2:bb\nk3:cc')
    assert.deepEqual(textOf(change('k1:aa,k2:bb', 'promote', 'k2')), 'k2:bb\nk1:aa')
  })

  test('a key is retired only when the last count shows that it seals nothing', () => {
    const text = 'k2:bb\nk1:aa'
    assert.match(problemOf(change(text, 'retire', 'k1')), /not reported/)
    assert.match(problemOf(change(text, 'retire', 'k1', '{"k1":4,"k2":6}')), /still seals 4/)
    assert.match(problemOf(change(text, 'retire', 'k2', '{"k2":6}')), /Promote another/)
    assert.match(problemOf(change(text, 'retire', 'k9', '{"k2":6}')), /no key k9/)
    assert.deepEqual(textOf(change(text, 'retire', 'k1', '{"k1":0,"k2":10}')), 'k2:bb')
  })

  test('an unknown command prints the usage', () => {
    assert.match(problemOf(change('k1:aa', 'rotate')), /^Usage/)
  })
})

function textOf(changed: ReturnType<typeof changeKeys>): string {
  return changed.kind === 'changed' ? changed.text : changed.problem
}

function problemOf(changed: ReturnType<typeof changeKeys>): string {
  return changed.kind === 'refused' ? changed.problem : changed.text
}
