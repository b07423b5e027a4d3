import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { createPageCache } from './page-cache.ts'

suite('the page cache', () => {
  test('a page is found by its place and version, and only in its latest version', () => {
    const cache = createPageCache<string>(10_000)
    cache.keep('a', { version: '1', value: 'first', bytes: 100 })
    assert.equal(cache.find('a', '1'), 'first')
    cache.keep('a', { version: '2', value: 'second', bytes: 100 })
    assert.deepEqual([cache.find('a', '1'), cache.find('a', '2')], [undefined, 'second'])
    assert.equal(cache.find('b', '2'), undefined)
  })

  test('pages unused for longest go first, and one that is too large is not kept', () => {
    const cache = createPageCache<string>(3_000)
    for (const place of ['a', 'b', 'c'])
      cache.keep(place, { version: '1', value: place, bytes: 400 })
    cache.find('a', '1')
    cache.keep('d', { version: '1', value: 'd', bytes: 400 })
    const kept = (): string[] => ['a', 'b', 'c', 'd', 'e'].filter((place) => cache.find(place, '1'))
    assert.deepEqual(kept(), ['a', 'c', 'd'])
    cache.keep('e', { version: '1', value: 'e', bytes: 5_000 })
    assert.deepEqual(kept(), [])
    cache.keep('a', { version: '1', value: 'a', bytes: 400 })
    assert.deepEqual(kept(), ['a'])
  })
})
