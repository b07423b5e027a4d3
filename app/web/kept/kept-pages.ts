// Keeps rendered pages in this process, and lets browsers ask whether theirs is still right (decision 7). A page depends
// on its address, on the revisions of everything that its account sees, and on the minute; a page with a toast depends on
// more, so it is never kept.
import { createHash } from 'node:crypto'
import type { RandomBytes } from '../../support/random.ts'
import { toastCookie, type Cookies } from '../cookies.ts'
import { createRequestKey, minuteOf } from '../pages.ts'
import { createPageCache, type PageCache } from './page-cache.ts'
import { looksAgainHeader } from '../toast-cookie.ts'
import type { KeptPages } from '../page-frames.ts'
import type { WebContext, WebParts } from '../web-parts.ts'

/** The header of a page whose toast still shows a number that may have changed (browser/keep-fresh.ts). */
const shownToastHeader = 'x-taskr-toast'

const keptBytes = 24 * 2 ** 20

export function createKeptPages(
  parts: Pick<WebParts, 'assets' | 'clock' | 'randomBytes' | 'codeVersion'>,
  cookies: Cookies,
): KeptPages {
  const cache = createPageCache<KeptPage>(keptBytes)
  const { script, stylesheet } = parts.assets.addresses
  const code = [parts.codeVersion, script, stylesheet].join(' ')
  return {
    answer: async (context, session, render) => {
      if (hasToast(cookies, context)) return context.html(await render())
      const version = hashOf([code, context.get('asOf'), minuteOf(parts.clock.now())])
      const headers = refetchedBy(context) ? confirmable(version) : undefined
      if (headers !== undefined && context.req.header('if-none-match') === headers.etag) {
        return new Response(null, { status: 304, headers })
      }
      const place = `${session.accountId} ${context.req.url}`
      const page =
        cache.find(place, version) ?? (await keep(cache, { context, place, version, render }))
      const body = withFreshKey(page, parts.randomBytes)
      return new Response(body, {
        headers: {
          ...headers,
          'content-type': 'text/html; charset=UTF-8',
          'content-length': String(body.length),
        },
      })
    },
  }
}

/** True for a request of the script, which refetches the page that is open. */
function refetchedBy(context: WebContext): boolean {
  return context.req.header(looksAgainHeader) !== undefined
}

/**
 * Returns the headers of a page that the browser keeps and confirms. Only what the script refetches is kept: a page that a
 * person opened is `no-store`, so that Back shows nothing after logging out.
 */
function confirmable(version: string): ConfirmableHeaders {
  return {
    etag: `W/"${version}"`,
    'cache-control': 'private, no-cache',
    vary: looksAgainHeader,
  }
}

type ConfirmableHeaders = Readonly<Record<'etag' | 'cache-control' | 'vary', string>>

function hasToast(cookies: Cookies, context: WebContext): boolean {
  if (context.req.header(shownToastHeader) !== undefined) return true
  return !refetchedBy(context) && cookies.read(context, toastCookie) !== undefined
}

function hashOf(values: readonly (string | number)[]): string {
  return createHash('sha256').update(values.join('\n')).digest('base64url').slice(0, 22)
}

interface KeptPage {
  readonly body: Buffer
  /** Where the page's request key stands. */
  readonly keysAt: readonly number[]
}

async function keep(
  cache: PageCache<KeptPage>,
  page: {
    readonly context: WebContext
    readonly place: string
    readonly version: string
    readonly render: () => Promise<string>
  },
): Promise<KeptPage> {
  const body = Buffer.from(await page.render())
  const kept = { body, keysAt: placesOf(page.context.get('requestKey'), body) }
  cache.keep(page.place, { version: page.version, value: kept, bytes: body.length })
  return kept
}

function placesOf(key: string | undefined, body: Buffer): readonly number[] {
  const places: number[] = []
  if (key === undefined) return places
  for (let at = body.indexOf(key); at >= 0; at = body.indexOf(key, at + key.length)) places.push(at)
  return places
}

/** Two deliveries of a page are two renderings to a form: each has its own key, so that none repeats the other (RL-28). */
function withFreshKey(
  { body, keysAt }: KeptPage,
  randomBytes: RandomBytes,
): Uint8Array<ArrayBuffer> {
  const delivered = new Uint8Array(body)
  const key = Buffer.from(createRequestKey(randomBytes))
  for (const at of keysAt) delivered.set(key, at)
  return delivered
}
