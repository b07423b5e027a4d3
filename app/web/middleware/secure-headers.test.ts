import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { Hono } from 'hono'
import { createTestSite } from '../../../testing/in-process/test-site.ts'
import type { Site, WebEnv } from '../web-parts.ts'
import { createSecureHeaders, secureHeaders } from './secure-headers.ts'

const addresses = {
  script: '/assets/app.N.js',
  pagesScript: '/assets/pages.N.js',
  passkeyScript: '/assets/passkeys.N.js',
  stylesheet: '/assets/app.N.css',
  pagesStylesheet: '/assets/pages.N.css',
  icon: '/assets/icon.N.svg',
}
const site = createTestSite('https://taskr.example.com')

suite('the secure headers', () => {
  test('a page cannot be framed, sniffed or cached', async () => {
    const headers = await headersOf(site, {})
    assert.equal(headers.get('x-frame-options'), 'DENY')
    assert.equal(headers.get('x-content-type-options'), 'nosniff')
    assert.equal(headers.get('cache-control'), 'no-store')
    assert.match(headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/)
  })

  test('a page may run only Taskr’s scripts, by their exact addresses', async () => {
    const policy = (await headersOf(site, {})).get('content-security-policy') ?? ''
    const scripts = ['app', 'pages', 'passkeys'].map(
      (name) => `https://taskr.example.com/assets/${name}.N.js`,
    )
    assert.ok(policy.includes(`script-src ${scripts.join(' ')};`))
  })

  test('a form may go only to Taskr and to Attio’s consent page', async () => {
    const policy = (await headersOf(site, {})).get('content-security-policy') ?? ''
    assert.match(policy, /form-action 'self' https:\/\/app\.attio\.com;/)
  })

  test('a response keeps its own cache lifetime, and an asset has no Vary header', async () => {
    const immutable = 'public, max-age=31536000, immutable'
    const headers = await headersOf(site, { 'cache-control': immutable })
    assert.equal(headers.get('cache-control'), immutable)
    assert.equal(headers.get('vary'), null)
  })

  test('strict transport security is sent over https, and covers subdomains only when configured', async () => {
    const name = 'strict-transport-security'
    assert.equal((await headersOf(createTestSite('http://localhost:3050'), {})).get(name), null)
    assert.equal((await headersOf(site, {})).get(name), 'max-age=63072000')
    const wide = await headersOf({ ...site, hstsIncludesSubDomains: true }, {})
    assert.equal(wide.get(name), 'max-age=63072000; includeSubDomains')
  })
})

async function headersOf(of: Site, own: Readonly<Record<string, string>>): Promise<Headers> {
  return (await serve(of, own).request('/')).headers
}

function serve(of: Site, own: Readonly<Record<string, string>>) {
  return new Hono<WebEnv>()
    .use(secureHeaders(createSecureHeaders(of, { addresses })))
    .get('/', (context) => context.text('', 200, own))
}
