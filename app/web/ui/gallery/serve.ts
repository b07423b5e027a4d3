// Serves the gallery on this machine only, under the same content security policy as Taskr itself.
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { assetCacheControl, type Assets } from '../assets.ts'
import { html } from '../html.ts'
import { paths } from '../../addresses.ts'
import { samples } from './samples.ts'

export type Gallery = { readonly url: string; stop(): Promise<void> }

const nonce = 'R2FsbGVyeS1ub25jZS1vZi1UYXNrcg'

const policy = [
  `default-src 'none'`,
  `script-src 'nonce-${nonce}' 'strict-dynamic'`,
  `style-src 'self'`,
  `img-src 'self'`,
  `connect-src 'self'`,
  `form-action 'self'`,
  `base-uri 'none'`,
  `frame-ancestors 'none'`,
  `require-trusted-types-for 'script'`,
  `trusted-types taskr`,
].join('; ')

export async function serveGallery(assets: Assets, port = 0): Promise<Gallery> {
  const server = serve({ fetch: galleryApp(assets).fetch, hostname: '127.0.0.1', port })
  if (!server.listening) {
    await new Promise<void>((resolve) => void server.once('listening', resolve))
  }
  return {
    url: `http://127.0.0.1:${portOf(server.address())}`,
    stop: async () => new Promise<void>((resolve) => void server.close(() => resolve())),
  }
}

export function galleryApp(assets: Assets): Hono {
  const app = new Hono()
  const pages = samples({ assets: assets.addresses, nonce, say: (text) => text })
  app.get('/', (context) =>
    context.html(
      html`<!doctype html>
        <html lang="en">
          <head>
            <meta charset="utf-8" />
            <title>Gallery</title>
          </head>
          <body>
            <ul>
              ${pages.map(({ name }) => html`<li><a href="/pages/${name}">${name}</a></li>`)}
            </ul>
          </body>
        </html>`,
    ),
  )
  app.get('/pages/:name', (context) => {
    const sample = pages.find(({ name }) => name === context.req.param('name'))
    if (sample === undefined) return context.notFound()
    context.header('content-security-policy', policy)
    return context.html(sample.page)
  })
  app.get(paths.assets, (context) => {
    const asset = assets.find(context.req.param('name'))
    if (asset === undefined) return context.notFound()
    return context.body(asset.body, 200, {
      'content-type': asset.contentType,
      'cache-control': assetCacheControl,
    })
  })
  return app
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new TypeError('Not on a port.')
  return address.port
}
