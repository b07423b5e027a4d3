// What every page is given besides its own content: who is signed in, what to load, what just happened.
import type { Toast } from './toast.ts'

export type PageFrame = {
  /** of the response's content security policy */
  readonly nonce: string
  readonly assets: AssetAddresses
  readonly now: number
  /** this page's own address, path and query, without anything said only once */
  readonly address: string
  /** absent when signed out */
  readonly account?: FrameAccount | undefined
  readonly toast?: Toast | undefined
}

/** A page with the navigation at its side. */
export type AppFrame = PageFrame & {
  readonly account: FrameAccount
  /** open tasks of the signed-in person; absent while nothing is connected */
  readonly counts?: ViewCounts | undefined
  readonly workspaces: readonly SideWorkspace[]
  /** for every form that changes a task: the same key twice is one change */
  readonly requestKey: () => string
  /** the event stream that says when to look again; absent: the page does not listen */
  readonly live?: string | undefined
}

export type FrameAccount = { readonly username: string; readonly timeZone: string }

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
  /** something is wrong that only the person can put right */
  readonly needsAttention: boolean
}

export type AssetAddresses = {
  readonly stylesheet: string
  readonly script: string
  readonly icon: string
}
