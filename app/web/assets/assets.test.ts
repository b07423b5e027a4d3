import assert from 'node:assert/strict'
import { brotliCompressSync } from 'node:zlib'
import { suite, test } from 'node:test'
import { bundleAssets } from './bundle-assets.ts'

suite('assets', async () => {
  const assets = await bundleAssets()
  const ofLists = assets.all.filter(({ name }) => /^app\.[\w-]+\.(?:css|js)$/.test(name))

  test('an asset’s name changes with its content, and finds the asset', async () => {
    const again = await bundleAssets()
    assert.deepEqual(again.addresses, assets.addresses)
    for (const asset of assets.all) {
      assert.match(asset.name, /^(?:app|pages|passkeys|icon)\.[\w-]{12}\.(?:css|js|svg)$/)
      assert.equal(assets.find(asset.name), asset)
    }
    assert.equal(assets.find('app.js'), undefined)
  })

  test('the style sheet keeps its layers in order and loads nothing from elsewhere', () => {
    const css = textOf('css')
    assert.match(css, /^@layer tokens,\s?base,\s?layout,\s?parts;/)
    assert.doesNotMatch(css, /url\(|@import|https?:/)
    assert.match(css, /light-dark\(/)
  })

  test('the script makes HTML in one place only, through the policy named taskr', () => {
    const script = textOf('js')
    assert.equal(script.match(/createPolicy/g)?.length, 1)
    assert.match(script, /createPolicy\("taskr"/)
    assert.doesNotMatch(
      script,
      /\.innerHTML\s*=|insertAdjacentHTML|document\.write|\beval\(|new Function/,
    )
  })

  test('script and styles of a list together are smaller than 35 KB on the wire', () => {
    assert.equal(ofLists.length, 2)
    const total = wireSizeOf(ofLists)
    assert.ok(total < 35_000, `${total} bytes`)
  })

  test('script and styles of other pages are smaller than 4 KB more', () => {
    const total = wireSizeOf(assets.all.filter(({ name }) => name.startsWith('pages.')))
    assert.ok(total < 4_000, `${total} bytes`)
  })

  test('the passkeys’ script is smaller than 1.5 KB on the wire, and makes no HTML', () => {
    const script = assets.all.find(({ name }) => name.startsWith('passkeys.'))
    assert.ok(script)
    const { length } = brotliCompressSync(script.body)
    assert.ok(length < 1_500, `${length} bytes`)
    assert.doesNotMatch(new TextDecoder().decode(script.body), /innerHTML|createPolicy|eval/)
  })

  function wireSizeOf(some: typeof assets.all): number {
    return some.reduce((sum, { body }) => sum + brotliCompressSync(body).length, 0)
  }

  function textOf(extension: string): string {
    const asset = ofLists.find(({ name }) => name.endsWith(`.${extension}`))
    return new TextDecoder().decode(asset?.body)
  }
})
