// Keeps rendered pages in this process, and lets browsers ask whether theirs is still right (decision 7). A page depends
// on its address, on the revisions of everything that its account sees, and on the minute; a page with a toast depends on
// more, so it is never kept.
import { sha256Base64Url } from '../../support/hash.ts'
import { toastCookie, type Cookies } from '../cookies.ts'
import { createRequestKey, minuteOf } from '../pages.ts'
import { compressPage, type CompressedPage } from './compress-page.ts'
import { createPageCache } from './page-cache.ts'
import { createRenderOnce } from './render-once.ts'
import { refetchHeader, shownToastHeader } from '../toast-cookie.ts'
import { acceptsEncoding } from '../assets/accepts-encoding.ts'
import { encodedSections } from './byte-places.ts'
import type { Compression, KeptAnswer, KeptPages, KeptView, RenderedPage } from '../page-frames.ts'
import type { WebContext, WebParts } from '../web-parts.ts'

const keptBytes = 24 * 2 ** 20

export function createKeptPages(
  parts: Pick<WebParts, 'assets' | 'clock' | 'randomBytes' | 'codeVersion' | 'rendersAtOnce'>,
  cookies: Cookies,
): KeptPages {
  const cache = createPageCache<KeptPage>(keptBytes)
  const renderOnce = createRenderOnce<KeptPage>(parts.rendersAtOnce)
  const { script, stylesheet } = parts.assets.addresses
  const code = [parts.codeVersion, script, stylesheet].join(' ')
  const versionOf = ({ asOf }: KeptView): string =>
    sha256Base64Url([code, asOf, minuteOf(parts.clock.now())].join('\n')).slice(0, 22)

  const key = (): string => createRequestKey(parts.randomBytes)

  const keep = (view: KeptView, version: string, value: KeptPage): void =>
    cache.keep(placeOf(view), { version, value, bytes: bytesOf(value) })

  /** Compresses a page when it is first delivered to a browser that takes it so. */
  const readyFor = (view: KeptView, version: string, given: KeptPage): KeptPage => {
    const page = cache.find(placeOf(view), version) ?? given
    const isReady = page.compression === undefined || page.compressed !== undefined
    if (isReady || !takesGzip(view)) return page
    const ready = compressed(page)
    keep(view, version, ready)
    return ready
  }

  const find: KeptPages['find'] = async (view, render) => {
    if (hasToast(cookies, view)) return undefined
    const version = versionOf(view)
    if (isConfirmed(view, version)) return notModified(version)
    const kept = cache.find(placeOf(view), version)
    const page =
      kept ??
      (await renderOnce(`${version} ${placeOf(view)}`, async () => {
        const rendered = pageOf(await render())
        keep(view, version, rendered)
        return rendered
      }))
    const isKept = kept !== undefined
    return deliver(readyFor(view, version, page), view, { version, key: key(), isKept })
  }

  return {
    find,
    answer: async (context, { accountId }, render) => {
      const view = { ...viewOf(context), accountId, asOf: context.get('asOf') }
      const found = await find(view, render)
      return found === undefined ? context.html(textOf(await render())) : responseOf(found)
    },
    answerAnyone: (context, text) => {
      const view = viewOf(context)
      const page = pageOf({ text, requestKey: undefined, compression: 'whole' })
      const ready = takesGzip(view) ? compressed(page) : page
      return responseOf(deliver(ready, view, { key: '', isKept: false }))
    },
  }
}

type Asked = Pick<KeptView, 'address' | 'header'>

function viewOf({ req }: WebContext): Asked {
  const { url } = req
  const address = url.slice(url.indexOf('/', url.indexOf('://') + 3))
  return { address, header: (name) => req.header(name) }
}

function placeOf({ accountId, address }: KeptView): string {
  return `${accountId} ${address}`
}

/** True for a request of the script, which refetches the page that is open. */
function isRefetch({ header }: Asked): boolean {
  return header(refetchHeader) !== undefined
}

function hasToast(cookies: Cookies, view: KeptView): boolean {
  if (view.header(shownToastHeader) !== undefined) return true
  return !isRefetch(view) && cookies.readFrom(view.header('cookie'), toastCookie) !== undefined
}

function isConfirmed(view: KeptView, version: string): boolean {
  return isRefetch(view) && view.header('if-none-match') === etagOf(version)
}

function etagOf(version: string): string {
  return `W/"${version}"`
}

/**
 * The headers of a page that the browser keeps and confirms. Only what the script refetches is kept: a page that a person
 * opened is `no-store`, so that Back shows nothing after logging out.
 */
const confirmable = {
  'cache-control': 'private, no-cache',
  vary: `${refetchHeader}, accept-encoding`,
}
const contentType = 'text/html; charset=UTF-8'
const openedHeaders = { vary: 'accept-encoding', 'content-type': contentType }
const refetchedHeaders = { ...confirmable, 'content-type': contentType }

function notModified(version: string): KeptAnswer {
  const ownHeaders = { etag: etagOf(version) }
  return { isKept: true, status: 304, constantHeaders: confirmable, ownHeaders, pieces: [] }
}

interface KeptPage {
  /** The page before, between and after its request keys. */
  readonly sections: readonly Buffer[]
  readonly keyBytes: number
  readonly compression: Compression | undefined
  /** Absent until a browser takes it. */
  readonly compressed?: CompressedPage
}

function pageOf({ compression, lists = [], requestKey, text }: RenderedPage): KeptPage {
  return {
    sections:
      requestKey === undefined ? [Buffer.from(text)] : encodedSections(text, requestKey, lists),
    keyBytes: requestKey?.length ?? 0,
    compression,
  }
}

function textOf(page: RenderedPage): string {
  return Buffer.concat(piecesOf(pageOf(page), Buffer.from(page.requestKey ?? ''))).toString()
}

/** Returns the page with this key. */
function piecesOf({ sections }: KeptPage, key: Buffer): readonly Buffer[] {
  return sections.flatMap((section, at) => (at === 0 ? [section] : [key, section]))
}

function compressed(page: KeptPage): KeptPage {
  return { ...page, compressed: compressPage(page.sections, page.keyBytes, page.compression) }
}

function takesGzip({ header }: Asked): boolean {
  return acceptsEncoding('gzip', header('accept-encoding'))
}

function bytesOf(page: KeptPage): number {
  return lengthOf(page.sections) + (page.compressed?.bytes ?? 0)
}

function lengthOf(pieces: readonly Uint8Array[]): number {
  return pieces.reduce((sum, { length }) => sum + length, 0)
}

/** Two deliveries of a page are two renderings to a form: each has its own key, so that none repeats the other (RL-28). */
function deliver(
  page: KeptPage,
  view: Asked,
  how: { readonly version?: string; readonly key: string; readonly isKept: boolean },
): KeptAnswer {
  const key = Buffer.from(how.key)
  const isCompressed = page.compressed !== undefined && takesGzip(view)
  const pieces = isCompressed ? [page.compressed.withKey(key)] : piecesOf(page, key)
  const isConfirmable = how.version !== undefined && isRefetch(view)
  return {
    isKept: how.isKept,
    status: 200,
    constantHeaders: isConfirmable ? refetchedHeaders : openedHeaders,
    ownHeaders: {
      ...(isConfirmable ? { etag: etagOf(how.version) } : {}),
      ...(isCompressed ? { 'content-encoding': 'gzip' } : {}),
      'content-length': String(lengthOf(pieces)),
    },
    pieces,
  }
}

function responseOf({ constantHeaders, ownHeaders, pieces, status }: KeptAnswer): Response {
  return new Response(status === 304 ? null : new Uint8Array(Buffer.concat(pieces)), {
    status,
    headers: { ...constantHeaders, ...ownHeaders },
  })
}
