// Sends forms with a password in the background, so that a refused form keeps what was typed. Taskr never sends a password
// back, so without a script the field comes back empty.
import { sentFields } from './form-fields.ts'
import { textOf } from './in-place/fetch-json.ts'
import { say } from './show-toast.ts'
import { showPage } from './show-page.ts'
import { parsePage } from './trusted-html.ts'
import { setBusy } from './busy.ts'

export function stayOnRefusal(): void {
  document.addEventListener('submit', (event) => {
    const form = event.target
    if (!(form instanceof HTMLFormElement) || event.defaultPrevented) return
    if (!form.hasAttribute('data-stay')) return
    event.preventDefault()
    void send(form)
  })
}

async function send(form: HTMLFormElement): Promise<void> {
  try {
    const answer = await fetch(form.action, {
      method: 'POST',
      body: sentFields(form),
      mode: 'same-origin',
      headers: { accept: 'text/html', 'x-taskr-stays': 'yes' },
    })
    const isPage = answer.headers.get('content-type')?.startsWith('text/html') === true
    if (isPage && answer.redirected) return location.assign(answer.url)
    if (!isPage) return location.assign(textOf(await answer.json(), 'address'))
    setBusy(form, false)
    showPage(parsePage(await answer.text()), { keepsToast: false })
    document.querySelector<HTMLElement>('main [autofocus]')?.focus()
  } catch {
    setBusy(form, false)
    say('You’re offline. Try again.')
  }
}
