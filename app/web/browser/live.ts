// Listens for "something changed" and looks again. The stream is closed while the page is hidden: a
// browser has only six connections per origin to give.

export function listen(lookAgain: () => void): void {
  const address = document.body.dataset['live']
  if (address === undefined) return
  let stream: EventSource | undefined
  const open = () => {
    stream = new EventSource(address)
    stream.addEventListener('changed', lookAgain)
  }
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) {
      stream?.close()
    } else {
      open()
      lookAgain()
    }
  })
  if (!document.hidden) open()
}
