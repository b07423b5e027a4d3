// Builds the frames of pages: the data every page needs besides its content.
import type { Session } from '../accounts/accounts.ts'
import type { ListedConnection } from '../sync/sync.ts'
import type { ListCounts } from '../tasks/tasks.ts'
import type { AppFrame, PageFrame } from './ui/frame.ts'
import type { WebContext } from './web-context.ts'

export interface KnownForFrame {
  readonly connections: readonly ListedConnection[]
  readonly counts?: ListCounts
}

export interface Pages {
  readonly frame: (context: WebContext) => PageFrame
  /** Builds the frame of a page with the navigation; `known` holds data that was already read. */
  readonly appFrame: (
    context: WebContext,
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
}

export interface RenderedPage {
  readonly text: string
  /** True when the page's compressed size betrays nothing that it says (decision 36). */
  readonly mayBeCompressed: boolean
}
