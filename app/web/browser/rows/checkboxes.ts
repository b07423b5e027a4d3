// When a task is completed, the next row moves into its place. The second press of a double click must not complete that
// one, too, and a task that is being completed is not completed again.

export function ignoreDoubleClicks(): void {
  document.addEventListener(
    'click',
    (event) => {
      const checkbox = event.target instanceof Element && event.target.closest('button.checkbox')
      if (!checkbox) return
      const isPressed = checkbox.getAttribute('aria-disabled') === 'true'
      if (isPressed || event.detail > 1) event.preventDefault()
    },
    { capture: true },
  )
}
