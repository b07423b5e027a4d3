// When a task is completed, the next row moves into its place. The second press of a double click must not complete that
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
