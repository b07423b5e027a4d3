// Builds the frames of pages: the data every page needs besides its content.
import type { Session } from '../accounts/accounts.ts'
import type { AccountId } from '../support/ids.ts'
import type { ListedConnection } from '../sync/sync.ts'
import type { ListCounts } from '../tasks/tasks.ts'
import type { BytePlaces } from './kept/byte-places.ts'
import type { AppFrame, PageFrame } from './ui/frame.ts'
import type { Toast } from './ui/toast.ts'
import type { WebContext } from './web-context.ts'

export interface KnownForFrame {
  readonly connections: readonly ListedConnection[]
  readonly counts?: ListCounts
}

/** What a page takes from its request. */
export interface PageRequest {
  /** This page's path and query, for links and forms that lead back to it. */
  readonly address: string
  /** When signed in: the version of the account's pages, read before the page's data. */
  readonly asOf: string
  readonly toast: Toast | undefined
  /** The connection of the toast that a refetched page still shows. */
  readonly shownToast: string | undefined
}

export interface Pages {
  /** Reads what a page takes from its request, and removes the toast's cookie. */
  readonly requestOf: (context: WebContext) => PageRequest
  readonly frame: (context: WebContext) => PageFrame
  readonly frameFor: (request: PageRequest, session: Session | undefined) => PageFrame
  /** Builds the frame of a page with the navigation; `known` holds data that was already read. */
  readonly appFrame: (
    context: WebContext,
    session: Session,
    known?: KnownForFrame,
  ) => Promise<AppFrame>
  readonly appFrameFor: (
    request: PageRequest,
    session: Session,
    known?: KnownForFrame,
  ) => Promise<AppFrame>
}

export interface KeptPages {
  /** Answers with the kept page, with "not modified", or with a new rendering that is then kept. */
  readonly answer: (
    context: WebContext,
    session: Session,
    render: () => Promise<RenderedPage>,
  ) => Promise<Response>
  /** Answers with a page that is the same for everyone, and so has nothing to betray. */
  readonly answerAnyone: (context: WebContext, text: string) => Response
  /** Returns the kept page, or "not modified", or a new rendering that is then kept; undefined for a page with a toast. */
  readonly find: (
    view: KeptView,
    render: () => Promise<RenderedPage>,
  ) => Promise<KeptAnswer | undefined>
}

/**
 * How a page is compressed. `by-item`: no item's texts are compressed together with those of another, so that the size
 * betrays nothing about one workspace's texts to a person who writes into another.
 */
export type Compression = 'whole' | 'by-item'

export interface RenderedPage {
  readonly text: string
  /** The key of the page's forms; undefined when it has none. */
  readonly requestKey: string | undefined
  /** What stands in the text's places for bytes. */
  readonly lists?: BytePlaces['lists']
  /** How the page's compressed size betrays nothing that it says; undefined when it could (decision 36). */
  readonly compression: Compression | undefined
}

/** All that a kept page depends on, besides the code and the minute. */
export interface KeptView {
  /** Path and query. */
  readonly address: string
  readonly accountId: AccountId
  /** The version of the account's pages. */
  readonly asOf: string
  readonly header: (name: string) => string | undefined
}

export interface KeptAnswer {
  /** False for a page that was rendered for this answer. */
  readonly isKept: boolean
  readonly status: 200 | 304
  /** Its headers that are the same for every account and version. */
  readonly constantHeaders: Readonly<Record<string, string>>
  readonly ownHeaders: Readonly<Record<string, string>>
  /** The body, in order. */
  readonly pieces: readonly Uint8Array[]
}
