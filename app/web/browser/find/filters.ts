// Narrows the list without leaving the page: a click on an assignee, a record or a filter. With Alt, a record opens in
// Attio.
import { fetchPage } from '../fetch-page.ts'
import { showAt } from '../submit-in-place.ts'

export function narrowInPlace(): void {
  document.addEventListener('click', (event) => {
    if (!(event.target instanceof Element) || event.defaultPrevented) return
    const link = event.target.closest('a[data-in-place]')
    if (!(link instanceof HTMLAnchorElement)) return
    if (event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    const { attio } = link.dataset
    if (event.altKey && attio !== undefined) open(attio, '_blank', 'noopener,noreferrer')
    else void follow(link.href)
  })
}

async function follow(address: string): Promise<void> {
  const answer = await fetchPage(address)
  if (answer.kind !== 'page') {
    location.assign(address)
    return
  }
  showAt(answer.page, answer.address, { sent: new Map(), how: 'push' })
}
