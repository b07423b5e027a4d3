// Serves the style sheet, the script and the icon, compressed, and cacheable by everyone and forever. These files
// carry no secret that their compressed size could betray.
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import { Hono } from 'hono'
import { paths } from '../addresses.ts'
import type { WebEnv } from '../web-parts.ts'
import { acceptsEncoding } from './accepts-encoding.ts'
import { assetCacheControl, type Asset, type Assets } from './assets.ts'

const compressors = { br: promisify(brotliCompress), gzip: promisify(gzip) }
type Coding = keyof typeof compressors

export function assetRoutes(assets: Assets) {
  const compressed = new Map<string, Promise<Uint8Array<ArrayBuffer>>>()
  // Compressing takes a tenth of a second in another thread, so each file is compressed once.
  const compressOnce = async ({ name, body }: Asset, coding: Coding) => {
    const place = `${coding} ${name}`
    const made =
      compressed.get(place) ?? compressors[coding](body).then((buffer) => new Uint8Array(buffer))
    compressed.set(place, made)
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
    const coding = codingFor(context.req.header('accept-encoding'))
    if (coding === undefined) return context.body(asset.body, 200, headers)
    const body = await compressOnce(asset, coding)
    return context.body(body, 200, { ...headers, 'content-encoding': coding })
  })
}

function codingFor(accepted: string | undefined): Coding | undefined {
  if (acceptsEncoding('br', accepted)) return 'br'
  return acceptsEncoding('gzip', accepted) ? 'gzip' : undefined
}
