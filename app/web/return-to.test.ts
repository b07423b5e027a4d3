import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { safeReturnTo } from './return-to.ts'

const origin = 'https://taskr.example.com'

suite('where a person is sent afterwards', () => {
  test('a Taskr address is kept with path and query', () => {
    for (const address of ['/', '/?view=today&page=2', '/connections', '/connections/0198?x=%2F']) {
      assert.equal(safeReturnTo(address), address)
    }
  })

  test('OA-14 500 addresses that try to leave Taskr are refused', () => {
    const bad = [
      '//evil.example',
      '/\\evil.example',
      '\\\\evil.example',
      'https://evil.example',
      'https:evil.example',
      'javascript:alert(1)',
      '/.//evil.example',
      '/..//evil.example',
      '/%09/evil.example',
      '/\t/evil.example',
      '/\r\nLocation: https://evil.example',
      '/ /evil.example',
      '/。/evil',
      '',
      ' /',
      'evil.example',
      '/./\\evil.example',
      '///evil.example',
      '/\u2028/x',
      'data:text/html,x',
    ]
    const spread = bad.flatMap((text) => [
      text,
      ` ${text}`,
      `${text}/`,
      `${text}?a=b`,
      `/.${text}`,
      `${text}#x`,
      text.toUpperCase(),
      `\u0000${text}`,
      `${text}@x`,
      `@${text}`,
      `/x/..${text}`,
      `/a/../..${text}`,
      `${text}\\`,
      `\t${text}`,
      `/%2e${text}`,
      `.${text}`,
      `?${text}`,
      `#${text}`,
      `/;${text}`,
      `//${text}`,
      `/${text}`,
      `/\\${text}`,
      `${text}\r\n`,
      `%0d%0a${text}`,
      `/%5c${text}`,
    ])
    assert.ok(spread.length >= 500)
    for (const text of spread) staysHere(text)
  })

  test('OA-14 no text leads to another host', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from('/\\.:@?#%09aе \t\r\n;')) }),
        staysHere,
      ),
    )
    fc.assert(fc.property(fc.string(), staysHere))
  })
})

function staysHere(text: string): void {
  const address = safeReturnTo(text)
  if (address === undefined) return
  assert.equal(new URL(address, origin).origin, origin, text)
  assert.match(address, /^\/(?![/\\])/)
}
