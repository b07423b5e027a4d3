// Listens for "changed" events and refetches the page. The stream is closed while the page is hidden, because a browser
// allows only six connections per origin.
import { setOffline } from './offline.ts'

const pauseMs = 2_000
const longestPauseMs = 60_000

export function listen(lookAgain: () => void): void {
  if (addressOfStream() === undefined) return
  let stream: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let refusals = 0

  const open = (): void => {
    close()
    const opened = new EventSource(addressOfStream() ?? '')
    stream = opened
    opened.addEventListener('changed', lookAgain)
    opened.addEventListener('open', () => {
      refusals = 0
      setOffline(false)
    })
    // The browser reconnects after a broken connection, but gives up after an error response.
    opened.addEventListener('error', () => {
      if (opened === stream) setOffline(true)
      if (opened.readyState !== EventSource.CLOSED || opened !== stream) return
      timer = setTimeout(reopen, Math.min(pauseMs * 2 ** refusals, longestPauseMs))
      refusals += 1
    })
  }
  const close = (): void => {
    clearTimeout(timer)
    stream?.close()
  }
  const reopen = (): void => {
    open()
    // The session may have ended.
    lookAgain()
  }
  document.addEventListener('visibilitychange', () => (document.hidden ? close() : open()))
  if (!document.hidden) open()
}

/** The address carries the page's version, so that changes made before the stream opens are not missed. */
function addressOfStream(): string | undefined {
  return document.body.dataset['live']
}
