// A notice can be dismissed without fetching the page again.

export function letNoticesGo(): void {
  document.addEventListener('click', (event) => {
    if (!(event.target instanceof Element)) return
    const link = event.target.closest('[data-dismiss]')
    const notice = link?.closest('.notice')
    if (!(link instanceof HTMLAnchorElement) || notice === null || notice === undefined) return
    event.preventDefault()
    history.replaceState(null, '', link.href)
    notice.remove()
    document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true })
  })
}
