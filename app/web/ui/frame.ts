// The data that every page needs besides its content: the account, the assets, the toast.
import type { PutBytes } from '../kept/byte-places.ts'
import type { Toast } from './toast.ts'

export type PageFrame = {
  readonly assets: AssetAddresses
  /** the beginning of the present minute */
  readonly now: number
  /** this page's path and query */
  readonly address: string
  /** absent when signed out */
  readonly account?: FrameAccount | undefined
  readonly toast?: Toast | undefined
}

/** A page with the navigation at its side. */
export type AppFrame = PageFrame & {
  readonly account: FrameAccount
  /** the signed-in person's open tasks; absent without a connection */
  readonly counts?: ViewCounts | undefined
  readonly workspaces: readonly SideWorkspace[]
  /** returns the page's key for forms that change a task: the same form with the same key is one change */
  readonly requestKey: () => string
  /** puts kept rows into the page as bytes; absent where the page is needed as text */
  readonly putBytes?: PutBytes | undefined
  /** the event stream that tells the page to refetch itself; absent when it does not listen */
  readonly live?: string | undefined
}

export type FrameAccount = {
  readonly username: string
  readonly timeZone: string
  readonly isOperator: boolean
}

export type ViewCounts = {
  readonly overdue: number
  readonly today: number
  readonly upcoming: number
  readonly noDate: number
}

export type SideWorkspace = {
  readonly connectionId: string
  readonly workspaceName: string
  readonly openTasks?: number | undefined
  /** true when the connection has a problem that only the person can fix */
  readonly needsAttention: boolean
}

export type AssetAddresses = {
  readonly stylesheet: string
  /** loaded by pages other than a list and a task, as is `pagesScript` */
  readonly pagesStylesheet: string
  readonly pagesScript: string
  readonly script: string
  /** loaded only by pages with a form for passkeys */
  readonly passkeyScript: string
  readonly icon: string
}
