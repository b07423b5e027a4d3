// When a task is ticked off, the next one moves to where it was. The second press of a double click must not tick that
// one, too.

export function ignoreDoubleClicks(): void {
  document.addEventListener(
    'click',
    (event) => {
      const isOnTick =
        event.target instanceof Element && event.target.closest('button.tick') !== null
      if (isOnTick && event.detail > 1) event.preventDefault()
    },
    { capture: true },
  )
}
