// The style sheets, the scripts and the icon. Their names contain a hash of their content, so browsers may cache them
// forever.
import { createHash } from 'node:crypto'
import { assetAddress } from '../addresses.ts'
import type { AssetAddresses } from '../ui/frame.ts'

export type Asset = {
  readonly name: string
  readonly path: string
  readonly contentType: string
  readonly body: Uint8Array<ArrayBuffer>
}

export type Assets = {
  readonly addresses: AssetAddresses
  readonly all: readonly Asset[]
  find(name: string): Asset | undefined
}

/** The files bundled from the sources. */
export type BundledTexts = {
  readonly stylesheet: Uint8Array
  readonly pagesStylesheet: Uint8Array
  readonly script: Uint8Array
  readonly pagesScript: Uint8Array
  readonly passkeyScript: Uint8Array
}

/** The response headers of an asset; the content behind a name never changes. */
export const assetCacheControl = 'public, max-age=31536000, immutable'

export function createAssets(bundled: BundledTexts): Assets {
  const stylesheet = createAsset('app', 'css', css, bundled.stylesheet)
  const pagesStylesheet = createAsset('pages', 'css', css, bundled.pagesStylesheet)
  const script = createAsset('app', 'js', javaScript, bundled.script)
  const icon = createAsset('icon', 'svg', 'image/svg+xml', new TextEncoder().encode(drawing))
  const passkeyScript = createAsset('passkeys', 'js', javaScript, bundled.passkeyScript)
  const pagesScript = createAsset('pages', 'js', javaScript, bundled.pagesScript)
  const all = [stylesheet, pagesStylesheet, script, pagesScript, passkeyScript, icon]
  return {
    addresses: {
      stylesheet: stylesheet.path,
      pagesStylesheet: pagesStylesheet.path,
      script: script.path,
      pagesScript: pagesScript.path,
      passkeyScript: passkeyScript.path,
      icon: icon.path,
    },
    all,
    find: (name) => all.find((candidate) => candidate.name === name),
  }
}

const css = 'text/css; charset=utf-8'
const javaScript = 'text/javascript; charset=utf-8'

function createAsset(
  stem: string,
  extension: string,
  contentType: string,
  content: Uint8Array,
): Asset {
  const body = new Uint8Array(content)
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 12)
  const name = `${stem}.${hash}.${extension}`
  return { name, path: assetAddress(name), contentType, body }
}

const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="9" fill="#3a53d9"/><path d="m8.5 16.8 5.2 5.2L23.5 11" fill="none" stroke="#fff" stroke-width="3.2" stroke-linecap="round" stroke-linejoin="round"/></svg>`
