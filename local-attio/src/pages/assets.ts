// Serves the stylesheet, the script and the icon as files, so that the content security policy can
// forbid all other sources.
import { readFileSync } from 'node:fs'
import type { Hono } from 'hono'
import type { Env } from '../http.ts'

/** The files of the stylesheet, in order. */
const styles = ['base', 'frame', 'parts', 'tasks']

export function addAssets(assets: Hono<Env>): void {
  assets.get('/assets/local-attio.css', (c) => {
    const text = styles.map((name) => read(`styles/${name}.css`)).join('\n')
    return c.body(text, 200, asset('text/css; charset=utf-8'))
  })
  assets.get('/assets/local-attio.js', (c) =>
    c.body(read('script.js'), 200, asset('text/javascript; charset=utf-8')),
  )
  assets.get('/assets/icon.svg', (c) => c.body(icon, 200, asset('image/svg+xml')))
  assets.get('/favicon.ico', (c) => c.redirect('/assets/icon.svg', 302))
}

function read(file: string): string {
  return readFileSync(new URL(file, import.meta.url), 'utf8')
}

function asset(type: string): Record<string, string> {
  return {
    'content-type': type,
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
  }
}

const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<rect width="32" height="32" rx="9" fill="#0d7a6a"/>
<path d="M9 23 16 9l7 14M12 18h8" fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"/>
</svg>
`
