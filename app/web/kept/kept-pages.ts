// Keeps rendered pages in this process, and lets browsers ask whether theirs is still right (decision 7). A page depends
// on its address, on the revisions of everything that its account sees, and on the minute; a page with a toast depends on
// more, so it is never kept.
import { createHash } from 'node:crypto'
import { toastCookie, type Cookies } from '../cookies.ts'
import { createRequestKey, minuteOf } from '../pages.ts'
import { compressPage, type CompressedPage } from './compress-page.ts'
import { createPageCache, type PageCache } from './page-cache.ts'
import { looksAgainHeader } from '../toast-cookie.ts'
import { acceptsEncoding } from '../assets/accepts-encoding.ts'
import type { KeptPages, RenderedPage } from '../page-frames.ts'
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
      if (hasToast(cookies, context)) return context.html((await render()).text)
      const version = hashOf([code, context.get('asOf'), minuteOf(parts.clock.now())])
      const headers = refetchedBy(context) ? confirmable(version) : undefined
      if (headers !== undefined && context.req.header('if-none-match') === headers.etag) {
        return new Response(null, { status: 304, headers })
      }
      const place = `${session.accountId} ${context.req.url}`
      const page =
        cache.find(place, version) ?? (await keep(cache, { context, place, version, render }))
      return deliver(page, context, { headers, key: createRequestKey(parts.randomBytes) })
    },
    answerAnyone: (context, text) => {
      const sections = [Buffer.from(text)]
      return deliver({ sections, compressed: compressPage(sections, 0) }, context, { key: '' })
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
    vary: `${looksAgainHeader}, accept-encoding`,
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
  /** The page before, between and after its request keys. */
  readonly sections: readonly Buffer[]
  /** Absent when its size could betray what it says (decision 36). */
  readonly compressed: CompressedPage | undefined
}

async function keep(
  cache: PageCache<KeptPage>,
  page: {
    readonly context: WebContext
    readonly place: string
    readonly version: string
    readonly render: () => Promise<RenderedPage>
  },
): Promise<KeptPage> {
  const { mayBeCompressed, text } = await page.render()
  const key = page.context.get('requestKey')
  const sections = (key === undefined ? [text] : text.split(key)).map((part) => Buffer.from(part))
  const compressed = mayBeCompressed ? compressPage(sections, key?.length ?? 0) : undefined
  const kept = { sections, compressed }
  const bytes = sections.reduce((sum, { length }) => sum + length, compressed?.bytes ?? 0)
  cache.keep(page.place, { version: page.version, value: kept, bytes })
  return kept
}

/** Two deliveries of a page are two renderings to a form: each has its own key, so that none repeats the other (RL-28). */
function deliver(
  { compressed, sections }: KeptPage,
  context: WebContext,
  how: { readonly headers?: ConfirmableHeaders | undefined; readonly key: string },
): Response {
  const key = Buffer.from(how.key)
  const isCompressed =
    compressed !== undefined && acceptsEncoding('gzip', context.req.header('accept-encoding'))
  const body = isCompressed ? compressed.withKey(key) : joined(sections, key)
  return new Response(body, {
    headers: {
      vary: 'accept-encoding',
      ...how.headers,
      ...(isCompressed ? { 'content-encoding': 'gzip' } : {}),
      'content-type': 'text/html; charset=UTF-8',
      'content-length': String(body.length),
    },
  })
}

function joined(sections: readonly Buffer[], key: Buffer): Uint8Array<ArrayBuffer> {
  return new Uint8Array(
    Buffer.concat(sections.flatMap((section, at) => (at === 0 ? [section] : [key, section]))),
  )
}
