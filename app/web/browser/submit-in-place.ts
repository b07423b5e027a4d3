// Forms that say `data-morph` are sent without leaving the page. All others are the browser's: a form
// whose answer leads to another origin (Connect) must never be sent by script.
import { setBusy } from './busy.ts'
import { fetchPage } from './fetch-page.ts'
import { say } from './say.ts'
import { showPage } from './show-page.ts'

export function submitInPlace(): void {
  document.addEventListener('submit', (event) => {
    const form = event.target
    if (!(form instanceof HTMLFormElement) || event.defaultPrevented) return
    if (!form.hasAttribute('data-morph')) return
    event.preventDefault()
    void send(form, event.submitter)
  })
}

async function send(form: HTMLFormElement, submitter: HTMLElement | null): Promise<void> {
  const body = new URLSearchParams()
  for (const [name, value] of new FormData(form, submitter)) {
    if (typeof value === 'string') body.append(name, value)
  }
  const answer = await fetchPage(form.action, { method: 'POST', body })
  setBusy(form, false)
  if (answer.kind === 'unreachable') {
    say('That did not reach Taskr. Look at your network and try again.')
  } else if (answer.kind === 'not-a-page' || answer.address.pathname !== location.pathname) {
    location.assign(answer.address)
  } else {
    if (answer.address.href !== location.href) history.pushState(null, '', answer.address)
    showPage(answer.page, { keepsNotice: false })
  }
}
