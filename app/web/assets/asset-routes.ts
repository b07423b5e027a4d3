// Serves the style sheet, the script and the icon, cacheable by everyone and forever.
import { Hono } from 'hono'
import { paths } from '../addresses.ts'
import type { WebEnv } from '../web-parts.ts'
import { assetCacheControl, type Assets } from './assets.ts'

export function assetRoutes(assets: Assets) {
  return new Hono<WebEnv>().get(paths.assets, (context) => {
    const asset = assets.find(context.req.param('name'))
    if (asset === undefined) return context.notFound()
    return context.body(asset.body, 200, {
      'content-type': asset.contentType,
      'cache-control': assetCacheControl,
    })
  })
}
