import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { drawFor } from './draw.ts'

suite('the draws of an attack', () => {
  test('the same seed and number draw the same, and another number draws something else', () => {
    const texts = [drawFor(7, 1), drawFor(7, 1), drawFor(7, 2)].map((draw) => draw.text(20))
    assert.equal(texts[0], texts[1])
    assert.notEqual(texts[0], texts[2])
  })

  test('a probability holds over many attacks', () => {
    const met = Array.from({ length: 2_000 }, (_, attack) => drawFor(7, attack).chance(0.3))
    const share = met.filter(Boolean).length / met.length
    assert.ok(share > 0.26 && share < 0.34, String(share))
  })

  test('every item is picked, and a shuffle keeps all of them', () => {
    const items = ['a', 'b', 'c', 'd']
    const picked = Array.from({ length: 200 }, (_, attack) => drawFor(7, attack).pick(items))
    assert.deepEqual([...new Set(picked)].toSorted(), items)
    assert.deepEqual(drawFor(7, 1).shuffled(items).toSorted(), items)
  })
})
