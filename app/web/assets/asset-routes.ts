// Serves the style sheet, the script and the icon, compressed, and cacheable by everyone and forever. Unlike pages, these
// files carry no secret that their compressed size could betray (BREACH).
import { promisify } from 'node:util'
import { brotliCompress } from 'node:zlib'
import { Hono } from 'hono'
import { paths } from '../addresses.ts'
import type { WebEnv } from '../web-parts.ts'
import { assetCacheControl, type Asset, type Assets } from './assets.ts'

const compress = promisify(brotliCompress)

export function assetRoutes(assets: Assets) {
  const compressed = new Map<string, Promise<Uint8Array<ArrayBuffer>>>()
  // Compressing takes a tenth of a second in another thread, so each file is compressed once.
  const compressOnce = async ({ name, body }: Asset): Promise<Uint8Array<ArrayBuffer>> => {
    const made = compressed.get(name) ?? compress(body).then((buffer) => new Uint8Array(buffer))
    compressed.set(name, made)
    return await made
  }
  return new Hono<WebEnv>().get(paths.assets, async (context) => {
    const asset = assets.find(context.req.param('name'))
    if (asset === undefined) return context.notFound()
    const headers = {
      'content-type': asset.contentType,
      'cache-control': assetCacheControl,
      vary: 'accept-encoding',
    }
    if (!acceptsBrotli(context.req.header('accept-encoding'))) {
      return context.body(asset.body, 200, headers)
    }
    return context.body(await compressOnce(asset), 200, { ...headers, 'content-encoding': 'br' })
  })
}

/** True unless the header leaves brotli out or gives it a weight of 0 (RFC 9110, 12.5.3). */
function acceptsBrotli(header = ''): boolean {
  return header
    .toLowerCase()
    .split(',')
    .some((one) => /^\s*br\s*(?:;\s*q=(?!0(?:\.0*)?\s*$)[\d.]+\s*)?$/.test(one))
}
