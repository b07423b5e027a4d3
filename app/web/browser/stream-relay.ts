// Lets the visible pages of a browser share one event stream: the page that holds the lock opens it, and tells the others
// what it hears. When that page is hidden or closed, the next one gets the lock.

/** The name of the lock and of the channel. */
const name = 'taskr-live'

type Message =
  | { readonly kind: 'changed' | 'offline' | 'reached' }
  /** a page was shown, with this version */
  | { readonly kind: 'joined'; readonly version: string }
  /** the answer when that version is not the latest */
  | { readonly kind: 'outdated'; readonly version: string }

export interface Relay {
  /** Runs `hold` when it is this page's turn, until the signal aborts. */
  readonly takePart: (
    version: string,
    signal: AbortSignal,
    hold: (signal: AbortSignal) => Promise<void>,
  ) => Promise<void>
  /** Tells the other pages. */
  readonly passOn: (message: Message) => void
  /** Notes the latest version, for pages that join. */
  readonly knows: (version: string) => void
}

export function createRelay(page: {
  readonly refetch: () => void
  readonly setReach: (reach: 'offline' | 'reached') => void
}): Relay {
  const channel = new BroadcastChannel(name)
  const tell = (message: Message): void => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel reaches its own origin only
    channel.postMessage(message)
  }
  let isHolder = false
  let latest = ''
  let joinedWith: string | undefined

  channel.addEventListener('message', ({ data }) => {
    const message = readMessage(data)
    if (isHolder) {
      if (message?.kind === 'joined' && message.version !== latest) {
        tell({ kind: 'outdated', version: message.version })
      }
    } else if (joinedWith !== undefined) {
      if (message?.kind === 'changed') page.refetch()
      if (message?.kind === 'outdated' && message.version === joinedWith) page.refetch()
      if (message?.kind === 'offline' || message?.kind === 'reached') page.setReach(message.kind)
    }
  })

  const hold = async (signal: AbortSignal, work: (signal: AbortSignal) => Promise<void>) => {
    isHolder = true
    await work(signal)
    isHolder = false
  }

  return {
    takePart: async (version, signal, work) => {
      // Over plain http, other than on this machine, browsers have no locks: each page then has its own stream.
      if (!('locks' in navigator)) return await hold(signal, work)
      joinedWith = version
      tell({ kind: 'joined', version })
      try {
        await navigator.locks.request(name, { signal }, () => hold(signal, work))
      } catch (error) {
        if (!signal.aborted) throw error
      } finally {
        if (signal.aborted) joinedWith = undefined
      }
    },
    passOn: tell,
    knows: (version) => {
      latest = version
    },
  }
}

function readMessage(data: unknown): Message | undefined {
  if (typeof data !== 'object' || data === null || !('kind' in data)) return undefined
  const { kind } = data
  if (kind === 'changed' || kind === 'offline' || kind === 'reached') return { kind }
  const version = 'version' in data && typeof data.version === 'string' ? data.version : ''
  return kind === 'joined' || kind === 'outdated' ? { kind, version } : undefined
}
