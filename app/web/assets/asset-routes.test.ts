import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { assetRoutes } from './asset-routes.ts'
import { createAssets } from './assets.ts'

const script = new TextEncoder().encode('const calm = 1\n'.repeat(200))
const assets = createAssets({
  stylesheet: new Uint8Array(),
  pagesStylesheet: new Uint8Array(),
  script,
  pagesScript: script,
  passkeyScript: script,
})
const ask = async (accepted?: string) =>
  await assetRoutes(assets).request(assets.addresses.script, {
    headers: accepted === undefined ? {} : { 'accept-encoding': accepted },
  })

suite('static files', () => {
  test('a browser that accepts brotli gets the file compressed, and caches tell the two apart', async () => {
    for (const accepted of ['br', 'gzip, deflate, br, zstd', 'gzip, BR;q=0.5']) {
      const answer = await ask(accepted)
      assert.equal(answer.headers.get('content-encoding'), 'br', accepted)
      assert.equal(answer.headers.get('vary'), 'accept-encoding')
      const body = new Uint8Array(await answer.arrayBuffer())
      assert.ok(body.length < 100)
      assert.deepEqual(new Uint8Array(brotliDecompressSync(body)), script)
    }
  })

  test('a browser that accepts gzip alone gets it', async () => {
    for (const accepted of ['gzip', 'gzip, br;q=0', 'deflate, GZIP;q=1']) {
      const answer = await ask(accepted)
      assert.equal(answer.headers.get('content-encoding'), 'gzip', accepted)
      assert.deepEqual(new Uint8Array(gunzipSync(await answer.arrayBuffer())), script)
    }
  })

  test('other browsers get the file as it is', async () => {
    for (const accepted of [undefined, '', 'gzip;q=0', 'br;q=0', 'br;q=0.000', 'brotli', 'x-br']) {
      const answer = await ask(accepted)
      assert.equal(answer.headers.get('content-encoding'), null, accepted ?? 'none')
      assert.deepEqual(new Uint8Array(await answer.arrayBuffer()), script)
    }
  })
})
