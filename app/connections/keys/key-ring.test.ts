import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { suite, test } from 'node:test'
import { formatKey, readKeyRing } from './key-ring.ts'

suite('the key ring', () => {
  test('the first key seals, and every key opens', () => {
    const reading = readKeyRing(
      `${formatKey('new', randomBytes(32))}, ${formatKey('old', randomBytes(32))}`,
    )
    assert.ok(reading.kind === 'read')
    assert.equal(reading.ring.current.id, 'new')
    assert.deepEqual(reading.ring.ids, ['new', 'old'])
    assert.equal(reading.ring.find('old')?.id, 'old')
    assert.equal(reading.ring.find('other'), undefined)
  })

  test('TK-07 missing, short, long, made-up and repeated keys are refused without being printed', () => {
    const good = formatKey('k1', randomBytes(32))
    const bad = [
      '',
      'k1',
      'k1:',
      `K1:${good.slice(3)}`,
      formatKey('k1', randomBytes(31)),
      formatKey('k1', randomBytes(33)),
      formatKey('k1', new Uint8Array(32)),
      formatKey('k1', Buffer.from('change-me-change-me-change-me-32')),
      `${good}=`,
      `${good},${good}`,
      `${good},`,
      'k1:0000000000000000000000000000000000000000000000000000000000000000',
    ]
    for (const text of bad) {
      const reading = readKeyRing(text)
      assert.ok(reading.kind === 'refused', text)
      const encoded = text.split(':')[1] ?? ''
      assert.ok(encoded.length < 8 || !reading.problem.includes(encoded.slice(0, 8)))
    }
  })
})
