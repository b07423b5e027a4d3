// Listens for "something changed" and looks again. The stream is closed while the page is hidden: a
// browser has only six connections per origin to give.

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
    })
    // A connection that breaks the browser makes again; one that was answered otherwise it gives up.
    opened.addEventListener('error', () => {
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
    // Perhaps there is nobody signed in any more.
    lookAgain()
  }
  document.addEventListener('visibilitychange', () => (document.hidden ? close() : open()))
  if (!document.hidden) open()
}

/** It says as of when the page is, so that what changes before the stream is open is not missed. */
function addressOfStream(): string | undefined {
  return document.body.dataset['live']
}
