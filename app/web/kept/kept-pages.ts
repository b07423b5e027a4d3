// Keeps rendered pages in this process, and lets browsers ask whether theirs is still right (decision 7). A page depends
// on its address, on the revisions of everything that its account sees, and on the minute; a page with a toast depends on
// more, so it is never kept.
import { sha256Base64Url } from '../../support/hash.ts'
import { toastCookie, type Cookies } from '../cookies.ts'
import { createRequestKey, minuteOf } from '../pages.ts'
import { compressPage, type CompressedPage } from './compress-page.ts'
import { createPageCache } from './page-cache.ts'
import { refetchHeader } from '../toast-cookie.ts'
import { acceptsEncoding } from '../assets/accepts-encoding.ts'
import type { KeptAnswer, KeptPages, KeptView, RenderedPage } from '../page-frames.ts'
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
  const versionOf = ({ asOf }: KeptView): string =>
    sha256Base64Url([code, asOf, minuteOf(parts.clock.now())].join('\n')).slice(0, 22)

  const find = (view: KeptView, version: string): KeptAnswer | undefined => {
    if (isConfirmed(view, version)) return notModified(version)
    const page = cache.find(placeOf(view), version)
    return page && deliver(page, view, { version, key: createRequestKey(parts.randomBytes) })
  }

  return {
    find: (view) => (hasToast(cookies, view) ? undefined : find(view, versionOf(view))),
    answer: async (context, { accountId }, render) => {
      const view = { ...viewOf(context), accountId, asOf: context.get('asOf') }
      if (hasToast(cookies, view)) return context.html((await render()).text)
      const version = versionOf(view)
      const found = find(view, version)
      if (found !== undefined) return responseOf(found)
      const page = pageOf(await render(), context.get('requestKey'))
      cache.keep(placeOf(view), { version, value: page, bytes: bytesOf(page) })
      const key = createRequestKey(parts.randomBytes)
      return responseOf(deliver(page, view, { version, key }))
    },
    answerAnyone: (context, text) => {
      const page = pageOf({ text, mayBeCompressed: true }, undefined)
      return responseOf(deliver(page, viewOf(context), { key: '' }))
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
  return { status: 304, constantHeaders: confirmable, ownHeaders, pieces: [] }
}

interface KeptPage {
  /** The page before, between and after its request keys. */
  readonly sections: readonly Buffer[]
  /** Absent when its size could betray what it says (decision 36). */
  readonly compressed: CompressedPage | undefined
}

function pageOf({ mayBeCompressed, text }: RenderedPage, key: string | undefined): KeptPage {
  const sections = (key === undefined ? [text] : text.split(key)).map((part) => Buffer.from(part))
  const compressed = mayBeCompressed ? compressPage(sections, key?.length ?? 0) : undefined
  return { sections, compressed }
}

function bytesOf({ compressed, sections }: KeptPage): number {
  return lengthOf(sections) + (compressed?.bytes ?? 0)
}

function lengthOf(pieces: readonly Uint8Array[]): number {
  return pieces.reduce((sum, { length }) => sum + length, 0)
}

/** Two deliveries of a page are two renderings to a form: each has its own key, so that none repeats the other (RL-28). */
function deliver(
  { compressed, sections }: KeptPage,
  view: Asked,
  how: { readonly version?: string; readonly key: string },
): KeptAnswer {
  const key = Buffer.from(how.key)
  const isCompressed =
    compressed !== undefined && acceptsEncoding('gzip', view.header('accept-encoding'))
  const pieces = isCompressed
    ? [compressed.withKey(key)]
    : sections.flatMap((section, at) => (at === 0 ? [section] : [key, section]))
  const isConfirmable = how.version !== undefined && isRefetch(view)
  return {
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
