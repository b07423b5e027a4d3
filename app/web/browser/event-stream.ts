// Listens for "changed" events and refetches the page. Of all visible pages of this browser one holds the stream and
// passes its events on, because a browser allows only six connections per origin (HTTP/1.1): with six streams, nothing
// else would be answered.
import { isReached, setReach } from './offline.ts'
import { createRelay, type Relay } from './stream-relay.ts'

const pauseMs = 2_000
const longestPauseMs = 60_000

export function listen(refetch: () => void): void {
  if (addressOfStream() === undefined) return
  const relay = createRelay({ refetch, setReach })
  let showing: AbortController | undefined
  const begin = (): void => {
    showing = new AbortController()
    void relay.takePart(versionOfPage(), showing.signal, (signal) =>
      holdStream(relay, refetch, signal),
    )
  }
  document.addEventListener('visibilitychange', () => {
    showing?.abort()
    if (!document.hidden) begin()
  })
  if (!document.hidden) begin()
}

/** Keeps a stream open until the signal aborts. */
async function holdStream(relay: Relay, refetch: () => void, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  let stream: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let refusals = 0

  const say = (reach: 'reached' | 'offline'): void => {
    setReach(reach)
    relay.passOn({ kind: reach })
  }
  const open = (): void => {
    stream?.close()
    const opened = new EventSource(addressOfStream() ?? '')
    stream = opened
    relay.knows(versionOfPage())
    opened.addEventListener('changed', ({ lastEventId }) => {
      relay.knows(lastEventId)
      relay.passOn({ kind: 'changed' })
      refetch()
    })
    opened.addEventListener('open', () => {
      refusals = 0
      say('reached')
    })
    // The browser reconnects after a broken connection, but gives up after an error response.
    opened.addEventListener('error', () => {
      if (opened !== stream || signal.aborted) return
      if (isReached()) say('offline')
      if (opened.readyState !== EventSource.CLOSED) return
      timer = setTimeout(reopen, Math.min(pauseMs * 2 ** refusals, longestPauseMs))
      refusals += 1
    })
  }
  const reopen = (): void => {
    open()
    // The session may have ended.
    refetch()
  }
  signal.addEventListener('abort', () => {
    clearTimeout(timer)
    stream?.close()
    resolve()
  })
  if (signal.aborted) return
  open()
  await promise
}

/** The address carries the page's version, so that changes made before the stream opens are not missed. */
function addressOfStream(): string | undefined {
  return document.body.dataset['live']
}

function versionOfPage(): string {
  return new URL(addressOfStream() ?? '', location.href).searchParams.get('asOf') ?? ''
}
