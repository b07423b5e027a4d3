// Sends forms with `data-morph` without leaving the page. The browser sends all others: a form that redirects to another
// origin (Connect) must never be sent by script.
import { senderOf, setBusy } from './busy.ts'
import { fetchPage } from './fetch-page.ts'
import { whyNot } from './offline.ts'
import { isSamePage } from './page-address.ts'
import { followPanelHistory, showInPanel } from './peek/peek.ts'
import { expectedOf } from './rows/expected-rows.ts'
import { bringBack, rowsBefore } from './rows/rows-before.ts'
import { say } from './show-toast.ts'
import { pageShown, showPage } from './show-page.ts'
import { contentsOf, whyToStay, type Sent } from './typed-text.ts'
import { rememberRows, showUndone, undoableOn } from './undo-stack.ts'

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
  const sent = contentsOf(form)
  const { rows, show } = expectedOf(submitter)
  const before = rowsBefore(rows)
  const takeBack = form.matches('.undo') ? showUndone(form) : () => bringBack(before)
  show()
  document.addEventListener(pageShown, show)
  const answer = await fetchPage(addressOf(form, submitter), { method: 'POST', body })
  document.removeEventListener(pageShown, show)
  setBusy(senderOf(form, submitter), false)
  const stays = whyToStay(answer)
  if (stays !== undefined || answer.kind === 'unreachable') {
    takeBack()
    return say(stays ?? `${whyNot()} Not saved.`)
  }
  if (answer.kind === 'page') rememberRows(undoableOn(answer.page), before)
  if (answer.kind === 'not-a-page') {
    location.assign(answer.address)
  } else if (showInPanel(answer.page, answer.address, sent)) {
    // The list stays beneath the panel.
  } else if (!answer.isRedirected) {
    // The form was refused, and comes back with its values and the reason.
    showPage(answer.page, { keepsToast: false, sent })
    document.querySelector<HTMLElement>('main [autofocus]')?.focus()
  } else {
    showAt(answer.page, answer.address, { sent, how: 'push' })
  }
}

function addressOf(form: HTMLFormElement, submitter: HTMLElement | null): string {
  const hasOwn = submitter instanceof HTMLButtonElement && submitter.hasAttribute('formaction')
  return hasOwn ? submitter.formAction : form.action
}

/** Shows the page without navigating, because a second request would lose its toast. */
export function showAt(
  page: Document,
  address: URL,
  { sent, how }: { readonly sent: Sent; readonly how: 'push' | 'replace' },
): void {
  const isAnother = address.pathname !== location.pathname
  if (!isSamePage(address, location)) {
    if (how === 'push') history.pushState(null, '', address)
    else history.replaceState(null, '', address)
    shown = address
  }
  showPage(page, { keepsToast: false, sent })
  if (!isAnother) return
  scrollTo(0, 0)
  if (document.activeElement === document.body) {
    document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true })
  }
}

// The address of the page shown. Back and Forward change `location` only.
let shown = new URL(location.href)

/** Reloads when the person navigates in the history to a page that was shown in place. */
export function followHistory(): void {
  globalThis.addEventListener('popstate', () => {
    if (!followPanelHistory() && !isSamePage(shown, location)) location.reload()
  })
}
