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
