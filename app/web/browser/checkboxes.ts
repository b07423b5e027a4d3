// When a task is ticked off, the next one moves to where it was. The second press of a double click must not tick that
// one, too.

export function ignoreDoubleClicks(): void {
  document.addEventListener(
    'click',
    (event) => {
      const isOnCheckbox =
        event.target instanceof Element && event.target.closest('button.checkbox') !== null
      if (isOnCheckbox && event.detail > 1) event.preventDefault()
    },
    { capture: true },
  )
}
