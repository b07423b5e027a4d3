import assert from 'node:assert/strict'
import { test } from 'node:test'
import { markedRanges } from './marks.ts'
import { hasTyped, typedWords, wordsIn } from './words.ts'

const texts: readonly [text: string, typed: string, matches: boolean][] = [
  ['Send the NDA to Initech', 'init', true],
  ['Send the NDA to Initech', 'nda init', true],
  ['Send the NDA to Initech', 'INIT send', true],
  ['Send the NDA to Initech', 'tech', false],
  ['Send the NDA to Initech', 'nda globex', false],
  ['Call Zoë Müller about Øresund', 'zoe mull ores', true],
  ['Call Zoe Muller', 'Zoë Müller', true],
  ['Straße prüfen', 'strasse', true],
  ['Łódź', 'lodz', true],
  ['Ask O’Brien', "o'brien", true],
  ['Renew acme-robotics.com', 'robotics', true],
  ['Q3 2026 budget', '2026', true],
  ['Plan B with Ann', 'plan b a', true],
  ['Plan the budget', 'b plan', false],
  ['Позвонить Ивану', 'иван', true],
  ['Ёлка', 'елка', true],
  ['Στείλε', 'στειλε', true],
  ['اتصل بِعَلي', 'بعلي', true],
  ['התקשר לדני', 'לדני', true],
  ['김민준에게 전화', '김민준', true],
  ['김민준에게 전화', '김', true],
  ['東京都の会議を準備する', '会議', true],
  ['東京都の会議を準備する', '会', true],
  ['東京都の会議を準備する', 'る', true],
  ['東京都の会議を準備する', '京都の会', true],
  ['東京都の会議を準備する', '大阪', false],
  ['请给李雷打电话', '李雷', true],
  ['スーパーマーケット', 'マーケ', true],
  ['ส่งใบเสนอราคาให้สมชาย', 'สมชาย', true],
  ['ส่งใบเสนอราคาให้สมชาย', 'มานี', false],
  ['Visit 東京 office', '東京 off', true],
  ['東京office', 'office', true],
]

test('words are found by their beginnings in any case, with and without diacritics, in every script', () => {
  for (const [text, typed, matches] of texts) {
    const words = wordsIn(text)
    const found = typedWords(typed).every((word) => hasTyped(words, word))
    assert.equal(found, matches, `${typed} in ${text}: ${words.join(' ')}`)
  }
})

test('a word of the index has only letters and digits', () => {
  for (const word of wordsIn('a"b\'c\\d(e)*f NEAR:x^y{z} 1=1;-- %_ 😀 e\u0301 \u0000 \ud800')) {
    assert.match(word, /^[\p{L}\p{N}]+$/u)
  }
})

test('a typed text has at most six words, and a stored one four hundred', () => {
  const many = Array.from({ length: 1_000 }, (_, at) => `w${at}`).join(' ')
  assert.equal(typedWords(many).length, 6)
  assert.equal(wordsIn(many).length, 400)
  assert.equal(typedWords('漢'.repeat(500) + '字').length, 2)
  assert.ok((wordsIn('x'.repeat(100_000))[0]?.length ?? 0) <= 40)
})

test('a text without letters has no words', () => {
  for (const text of ['', ' ', '…', '🎉', '"*']) assert.deepEqual(typedWords(text), [])
})

test('matches are marked in the text as it is written', () => {
  const marked = (text: string, typed: string): string =>
    markedRanges(text, typed)
      .toReversed()
      .reduce(
        (shown, { from, to }) =>
          `${shown.slice(0, from)}[${shown.slice(from, to)}]${shown.slice(to)}`,
        text,
      )
  assert.equal(marked('Send the NDA to Initech', 'init nd'), 'Send the [ND]A to [Init]ech')
  assert.equal(
    marked('Zo\u00eb and Zoe\u0308 in \u00d8rebro', 'zoe ore'),
    '[Zo\u00eb] and [Zoe\u0308] in [\u00d8re]bro',
  )
  assert.equal(marked('東京都の会議', '京都の'), '東[京都の]会議')
  assert.equal(marked('Stra\u00dfe', 'stras'), '[Stra\u00df]e')
  assert.equal(marked('aa ab', 'a'), '[a]a [a]b')
  assert.equal(marked('Nothing', 'x'), 'Nothing')
})
