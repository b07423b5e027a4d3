// Sends forms with `data-morph` without leaving the page. The browser sends all others: a form that redirects to another
// origin (Connect) must never be sent by script.
import { senderOf, setBusy } from './busy.ts'
import { sentFields } from './form-fields.ts'
import { fetchPage } from './fetch-page.ts'
import { beginAdding } from './quick-add/quick-add.ts'
import { whyNot } from './offline.ts'
import { isSamePage } from './page-address.ts'
import { closePanel, followPanelHistory, showInPanel } from './peek/peek.ts'
import { refuse } from './in-place/refusals.ts'
import { showDeleted } from './in-place/show-in-row.ts'
import { reasonOf, withdrawToast } from './in-place/send-edit.ts'
import { showUntilAnswered } from './in-place/until-answered.ts'
import { expectedOf, sendingAddress, type Expected } from './rows/expected-rows.ts'
import { say } from './show-toast.ts'
import { showPage } from './show-page.ts'
import { contentsOf, whyToStay, type Sent } from './typed-text.ts'
import { rememberTasks, showUndone, undoableOn } from './undo-stack.ts'

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
  const body = sentFields(form, submitter)
  const sent = contentsOf(form)
  const address = sendingAddress(form, submitter)
  const adding = form.matches('.add') ? beginAdding() : undefined
  // The next task may be typed and added meanwhile.
  if (adding !== undefined) setBusy(senderOf(form, submitter), false)
  const expected = expectedOf(form, submitter)
  const shown = expected && showUntilAnswered(expected.ids, expected.show, expected.leaving)
  const takeBack = form.matches('.undo') ? showUndone(form) : shown?.takeBack
  if (expected?.show === showDeleted) closePanel()
  const answer = await fetchPage(address, { method: 'POST', body })
  shown?.end()
  if (adding === undefined) setBusy(senderOf(form, submitter), false)
  const stays = whyToStay(answer)
  const reason = stays ?? (expected || adding ? reasonOf(answer) : undefined)
  if (reason !== undefined || answer.kind === 'unreachable') takeBack?.()
  if (stays !== undefined || answer.kind === 'unreachable') {
    const why = reason ?? `${whyNot()} Not saved.`
    return adding === undefined ? void sayAt(expected, why) : adding.giveBack(why)
  }
  // Only a list can hold the text again.
  const hasLine = answer.kind === 'page' && answer.page.querySelector('#add-problem') !== null
  if (adding !== undefined && reason !== undefined && !hasLine) return adding.giveBack(reason)
  adding?.end()
  if (answer.kind === 'page') {
    if (shown !== undefined) rememberTasks(undoableOn(answer.page), shown.before)
    if (reason !== undefined && answer.isRedirected && sayAt(expected, reason))
      withdrawToast(answer.page)
  }
  if (answer.kind === 'not-a-page') {
    location.assign(answer.address)
  } else if (showInPanel(answer.page, answer.address, sent)) {
    // The list stays beneath the panel.
  } else if (!answer.isRedirected) {
    // The form was refused, and comes back with its values and the reason.
    showPage(answer.page, { keepsToast: false, sent })
    document.querySelector<HTMLElement>('main [autofocus]')?.focus()
    if (reason !== undefined) adding?.giveBack(reason)
  } else {
    showAt(answer.page, answer.address, { sent, how: 'push' })
  }
}

/** Says in the tasks why they were not changed, or else in a toast. Returns true when a task says it. */
function sayAt(expected: Expected | undefined, reason: string): boolean {
  const shown = expected?.ids.map((id) => refuse(id, reason)) ?? []
  if (shown.includes(true)) return true
  say(reason)
  return false
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
