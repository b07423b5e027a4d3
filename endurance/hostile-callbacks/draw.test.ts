import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { drawFor } from './draw.ts'

suite('the draws of an attack', () => {
  test('the same seed and attack number draw the same values, and another number draws others', () => {
    const texts = [drawFor(7, 1), drawFor(7, 1), drawFor(7, 2)].map((draw) => draw.text(20))
    assert.equal(texts[0], texts[1])
    assert.notEqual(texts[0], texts[2])
  })

  test('a drawn chance comes true as often as its probability says', () => {
    const met = Array.from({ length: 2_000 }, (_, attack) => drawFor(7, attack).chance(0.3))
    const share = met.filter(Boolean).length / met.length
    assert.ok(share > 0.26 && share < 0.34, String(share))
  })

  test('every item of a list can be picked, and a shuffle keeps all items', () => {
    const items = ['a', 'b', 'c', 'd']
    const picked = Array.from({ length: 200 }, (_, attack) => drawFor(7, attack).pick(items))
    assert.deepEqual([...new Set(picked)].toSorted(), items)
    assert.deepEqual(drawFor(7, 1).shuffled(items).toSorted(), items)
  })
})
