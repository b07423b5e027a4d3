import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { suite, test } from 'node:test'
import { bitsOfPiece, storedPerBit } from '../app/accounts/passwords/guessing-ranks.ts'
import { hashOf, rankedTexts, rankGuesses } from './rank-guesses.ts'

suite('ranks of guesses', () => {
  test('the file in the repository is what the lists give', () => {
    const file = new URL('../app/accounts/passwords/guessing-ranks.bin', import.meta.url)
    assert.ok(rankGuesses().equals(readFileSync(file)), 'Run: node tools/rank-guesses.ts')
  })

  test('every listed text is found with its bits, and others are not', () => {
    const lowest = new Map<string, number>()
    for (const [text, bits] of rankedTexts()) {
      lowest.set(text, Math.min(bits, lowest.get(text) ?? bits))
    }
    assert.ok(lowest.size > 80_000)
    for (const [text, bits] of lowest) {
      const found = bitsOfPiece(hashOf(text)) ?? Infinity
      assert.ok(Math.abs(found - bits) <= 0.5 / storedPerBit + 1e-9, `${text}: ${found}, ${bits}`)
      assert.equal(bitsOfPiece(hashOf(`${text}\n`)), undefined, text)
    }
  })
})
