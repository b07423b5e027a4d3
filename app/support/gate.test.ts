import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { createGate } from './gate.ts'

suite('gate', () => {
  test('a gate runs a limited number at once and the others in order, whatever becomes of earlier ones', async () => {
    const gate = createGate(2)
    const order: string[] = []
    const ends = ['a', 'b', 'c', 'd'].map((name) => {
      const end = Promise.withResolvers<string>()
      const passed = gate.pass(() => (order.push(name), end.promise))
      return { ...end, passed }
    })
    const turn = () => new Promise((resolve) => setImmediate(resolve))
    await turn()
    assert.deepEqual(order, ['a', 'b'])
    ends[1]?.reject(new Error('failed'))
    await assert.rejects(ends[1]?.passed ?? Promise.resolve(''), { message: 'failed' })
    await turn()
    assert.deepEqual(order, ['a', 'b', 'c'])
    for (const end of ends) end.resolve('done')
    assert.equal(await ends[3]?.passed, 'done')
    assert.equal(await gate.pass(async () => 'again'), 'again')
  })

  test('work that is aborted while waiting takes no place', async () => {
    const gate = createGate(1)
    const end = Promise.withResolvers<void>()
    const first = gate.pass(() => end.promise)
    const giving = new AbortController()
    const second = gate.pass(() => assert.fail('not wanted any more'), giving.signal)
    giving.abort(new Error('stopping'))
    await assert.rejects(second, { message: 'stopping' })
    end.resolve()
    await first
    assert.equal(await gate.pass(async () => 'free'), 'free')
  })
})
