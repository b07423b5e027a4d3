import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { readUsername, usernameKey } from './username.ts'

function keyOf(given: string): string {
  const reading = readUsername(given)
  assert.equal(reading.kind, 'username', given)
  return reading.kind === 'username' ? reading.key : ''
}

suite('usernames', () => {
  test('ordinary names in many languages are accepted', () => {
    for (const name of [
      'alice',
      'Jo',
      'anna-maria.o_neill',
      'günther',
      '李小龙',
      'さくらカナ漢字',
      '김민준',
      'Сергей',
      'Ελένη',
      'अनीता',
      'فاطمة',
      '2fast',
      'x'.repeat(32),
    ]) {
      assert.equal(readUsername(name).kind, 'username', name)
    }
  })

  test('H-28 length is counted in characters, not bytes', () => {
    assert.equal(readUsername('a').kind, 'refused')
    assert.equal(readUsername('').kind, 'refused')
    assert.equal(readUsername('x'.repeat(33)).kind, 'refused')
    assert.equal(readUsername('𐐨'.repeat(33)).kind, 'refused')
    assert.equal(readUsername('李'.repeat(32)).kind, 'username')
    assert.equal(readUsername('x'.repeat(90_000)).kind, 'refused')
    assert.equal(readUsername('\ufdfa'.repeat(90_000)).kind, 'refused')
  })

  test('H-52 characters with a special meaning elsewhere are refused', () => {
    for (const name of [
      '<script>',
      'a b',
      'a@b',
      'a/b',
      'a\\b',
      "a'b",
      'a"b',
      'a&b',
      'a\u0000b',
      'a\nb',
      'a\u200bb',
      'a\u200db',
      'a\u202eb',
      'a\u00adb',
      '-alice',
      '.alice',
      '_alice',
      '\u0301alice',
      'a\u0301\u0301\u0301\u0301\u0301',
      '👍👍',
    ]) {
      assert.equal(readUsername(name).kind, 'refused', JSON.stringify(name))
    }
  })

  test('H-06 names that differ in case, width or composition are one name', () => {
    const key = keyOf('alice')
    for (const name of [
      'Alice',
      'ALICE',
      'ａｌｉｃｅ',
      'ＡＬＩＣＥ',
      '𝐚𝐥𝐢𝐜𝐞',
      'ⓐⓛⓘⓒⓔ',
      ' alice ',
    ]) {
      assert.equal(keyOf(name), key, name)
    }
    assert.equal(keyOf('Jose\u0301'), keyOf('josé'))
    assert.equal(keyOf('STRASSE'), keyOf('Straße'))
    assert.equal(keyOf('ΟΔΟΣ'), keyOf('οδος'))
    assert.equal(keyOf('İzmir'), keyOf('izmir'))
    assert.equal(keyOf('ﬁona'), keyOf('fiona'))
  })

  test('H-06 a name that mixes alphabets is refused', () => {
    // Each has one letter that is not Latin.
    for (const name of ['аlice', 'аdmin', 'pаypal', 'αlice', 'ѕam', 'Ꭺlice', 'alice李', 'сергeй']) {
      assert.equal(readUsername(name).kind, 'refused', name)
    }
  })

  test('H-06 a name entirely in another alphabet that reads like a Latin one equals it', () => {
    assert.equal(keyOf('сосо'), keyOf('coco'))
    assert.equal(keyOf('рура'), keyOf('pypa'))
    assert.equal(keyOf('ѕсоре'), keyOf('scope'))
    assert.equal(keyOf('οκ'), keyOf('ok'))
    assert.notEqual(keyOf('жук'), keyOf('byk'))
  })

  test('H-06 different names stay different', () => {
    assert.notEqual(keyOf('alice'), keyOf('alice2'))
    assert.notEqual(keyOf('anna-maria'), keyOf('annamaria'))
    assert.notEqual(keyOf('josé'), keyOf('jose'))
  })

  test('H-06 the key of a key is the key itself, in any case and composition, for every letter in Unicode', () => {
    let names = 0
    for (let codePoint = 0; codePoint <= 0x10_ff_ff; codePoint++) {
      const name = `${String.fromCodePoint(codePoint)}o`
      const reading = readUsername(name)
      if (reading.kind === 'refused') continue
      names += 1
      assert.equal(usernameKey(reading.key), reading.key, name)
      assert.equal(usernameKey(reading.username), reading.key, name)
      assert.equal(usernameKey(name.toUpperCase()), reading.key, name)
      assert.equal(usernameKey(name.toLowerCase()), reading.key, name)
      assert.equal(usernameKey(name.normalize('NFD')), reading.key, name)
    }
    assert.ok(names > 1_000, String(names))
  })
})
