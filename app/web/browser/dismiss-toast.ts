// Dismisses a toast without fetching the page again.

export function letPeopleDismissToasts(): void {
  document.addEventListener('click', (event) => {
    if (!(event.target instanceof Element)) return
    const link = event.target.closest('[data-dismiss]')
    const toast = link?.closest('.toast')
    if (!(link instanceof HTMLAnchorElement) || toast === null || toast === undefined) return
    event.preventDefault()
    history.replaceState(null, '', link.href)
    toast.remove()
    document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true })
  })
}
