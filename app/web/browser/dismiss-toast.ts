// Dismisses a toast without fetching the page again.

export function letPeopleDismissToasts(): void {
  document.addEventListener('click', (event) => {
    if (!(event.target instanceof Element)) return
    const link = event.target.closest('[data-dismiss]')
    const toast = link?.closest('.toast')
    if (toast === null || toast === undefined) return
    event.preventDefault()
    if (link instanceof HTMLAnchorElement) history.replaceState(null, '', link.href)
    toast.remove()
    document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true })
  })
}
