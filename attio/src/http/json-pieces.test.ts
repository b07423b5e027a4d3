import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { parsePieces, type ParsedJson, type Pieces } from './json-pieces.ts'

/** No name or number that the tests make up is longer than the run. */
const tiny: Pieces = { piece: 3, run: 200 }

/** Parses in pieces of three characters, and counts them. */
function parseTiny(
  text: string,
  pieces = tiny,
): { readonly parsed: ParsedJson; readonly yields: number } {
  const steps = parsePieces(text, pieces)
  for (let yields = 0; ; yields += 1) {
    const step = steps.next()
    if (step.done === true) return { parsed: step.value, yields }
  }
}

const notJson: ParsedJson = { kind: 'unreadable', expectation: 'expected JSON' }

function parseWhole(text: string): ParsedJson {
  try {
    return { kind: 'value', value: JSON.parse(text) }
  } catch {
    return notJson
  }
}

/** Texts that look like JSON: its characters in any order. */
const almostJson = fc
  .array(
    fc.constantFrom(
      ...Array.from('[]{},:"\\u0e1- tn'),
      '"a":',
      '1,',
      'null',
      '\\"',
      '\ud83d',
      '"b"',
    ),
    { maxLength: 16 },
  )
  .map((parts) => parts.join(''))

/** A JSON text with one character removed, doubled or replaced. */
const damagedJson = fc
  .tuple(fc.json({ maxDepth: 4 }), fc.nat(), fc.constantFrom('', ',', ']', '}', '[', '"', ' ', '1'))
  .map(([text, at, other]) => {
    const place = at % (text.length + 1)
    return text.slice(0, place) + other + text.slice(place + (other === '' ? 1 : 0))
  })

describe('JSON parsed in pieces', () => {
  for (const [name, texts] of Object.entries({
    'JSON is': fc.json({ maxDepth: 6, stringUnit: 'binary' }),
    'indented JSON is': fc
      .jsonValue({ maxDepth: 5 })
      .map((value) => JSON.stringify(value, undefined, 1)),
    'damaged JSON is': damagedJson,
    'text that resembles JSON is': almostJson,
  })) {
    test(`${name} what JSON.parse returns or refuses`, () => {
      fc.assert(
        fc.property(texts, (text) => {
          assert.deepEqual(parseTiny(text).parsed, parseWhole(text))
        }),
        { numRuns: 3_000 },
      )
    })
  }

  test('names of members keep their order and their last value, and __proto__ is a member', () => {
    const text = '{"b":{"c":[1,2]},"__proto__":{"d":[3,4]},"7":1,"a":"x","b":"y","1":[]}'
    const { parsed } = parseTiny(text)
    assert.deepEqual(parsed, parseWhole(text))
    assert.equal(
      parsed.kind === 'value' && JSON.stringify(parsed.value),
      JSON.stringify(JSON.parse(text)),
    )
  })

  test('a long text is divided, but never inside an escape', () => {
    for (let shift = 0; shift < 12; shift += 1) {
      const text = JSON.stringify([`${'x'.repeat(shift)}${'\\"\u0007\n\ud83d\u4f1a'.repeat(40)}`])
      const escaped = text.replaceAll('\u4f1a', '\\u4f1a').replaceAll('\ud83d', '\\ud83d')
      const { parsed } = parseTiny(escaped, { piece: 3, run: 24 })
      assert.deepEqual(parsed, parseWhole(escaped))
    }
  })

  test('other work can run after every few characters', () => {
    for (const text of [
      JSON.stringify('x'.repeat(4_800)),
      `[${'[1],'.repeat(1_200)}1]`,
      `{${'"a":{"b":1},'.repeat(400)}"a":1}`,
    ]) {
      const { parsed, yields } = parseTiny(text)
      assert.equal(parsed.kind, 'value')
      assert.ok(yields >= text.length / tiny.run, `${yields} of ${text.length}`)
    }
  })

  test('an object of 10,000 members is parsed, and a larger one is refused', () => {
    const members = (count: number) =>
      `{${Array.from({ length: count }, (_, at) => `"k${at}":1`).join()}}`
    assert.equal(parseTiny(members(10_000)).parsed.kind, 'value')
    assert.deepEqual(parseTiny(members(10_001)).parsed, {
      kind: 'unreadable',
      expectation: 'expected objects of at most 10000 members',
    })
  })

  test('a number of as many digits as a long text is refused', () => {
    assert.equal(parseTiny(`[1,${'1'.repeat(40)}]`).parsed.kind, 'value')
    assert.deepEqual(parseTiny(`[1,${'1'.repeat(300)}]`).parsed, notJson)
  })
})
