// Serves the gallery on localhost only, with the same content security policy as Taskr.
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { Hono } from 'hono'
import { paths } from '../addresses.ts'
import { assetCacheControl, type Assets } from '../assets/assets.ts'
import { html } from '../ui/html.ts'
import type { Sample } from './sample.ts'
import { samples } from './samples.ts'

export type Gallery = { readonly url: string; stop(): Promise<void> }

const policy = [
  `default-src 'none'`,
  `script-src 'self'`,
  `style-src 'self'`,
  `img-src 'self'`,
  `connect-src 'self'`,
  `form-action 'self'`,
  `base-uri 'none'`,
  `frame-ancestors 'none'`,
  `require-trusted-types-for 'script'`,
  `trusted-types taskr`,
].join('; ')

/** `more` adds pages that change during a test. */
export async function serveGallery(
  assets: Assets,
  port = 0,
  more: (app: Hono) => void = () => {},
): Promise<Gallery> {
  const app = galleryApp(assets, more)
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const { method = 'GET', url = '/', headers } = incoming
      const sent = await text(incoming)
      const answer = await app.request(url, {
        method,
        headers: {
          'content-type': headers['content-type'] ?? '',
          'x-taskr-toast': headers['x-taskr-toast']?.toString() ?? '',
        },
        ...(method === 'POST' ? { body: sent } : {}),
      })
      outgoing.writeHead(answer.status, Object.fromEntries(answer.headers))
      const parts = answer.body?.getReader()
      outgoing.on('close', () => void parts?.cancel().catch(() => {}))
      for (;;) {
        const { done = true, value } = (await parts?.read()) ?? {}
        if (done) break
        outgoing.write(value)
      }
      outgoing.end()
    })()
  })
  await new Promise<void>((resolve) => void server.listen(port, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('Not on a port.')
  return {
    url: `http://127.0.0.1:${address.port}`,
    stop: async () => {
      server.closeAllConnections()
      await new Promise<void>((resolve) => void server.close(() => resolve()))
    },
  }
}

export function gallerySamples(assets: Assets): readonly Sample[] {
  return samples({ assets: assets.addresses, say: (words) => words })
}

function galleryApp(assets: Assets, more: (app: Hono) => void): Hono {
  const app = new Hono()
  const pages = gallerySamples(assets)
  app.use('/pages/*', async (context, next) => {
    context.header('content-security-policy', policy)
    await next()
  })
  more(app)
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
