// Ignores further presses of a button that has sent its form, until a timeout passes or the browser restores the page
// from its history.

/** The elements that have sent a form, with the timer that ends each one's wait. */
let busy = new WeakMap<HTMLElement, ReturnType<typeof setTimeout>>()
const longEnoughMs = 8000

export function preventSecondSubmission(): void {
  document.addEventListener('submit', (event) => {
    const form = event.target
    if (!(form instanceof HTMLFormElement) || event.defaultPrevented) return
    // The passkeys' script knows when such a form is done.
    if (form.hasAttribute('data-passkey')) return
    const sender = senderOf(form, event.submitter)
    if (busy.has(sender)) {
      event.preventDefault()
      event.stopImmediatePropagation()
      return
    }
    setBusy(sender, true)
  })
  globalThis.addEventListener('pageshow', (event) => {
    if (!event.persisted) return
    busy = new WeakMap()
    for (const button of document.querySelectorAll('form [aria-disabled]')) setEnabled(button, true)
  })
}

/** Returns the element that becomes busy: the form, or the button if it has its own address. */
export function senderOf(form: HTMLFormElement, submitter: HTMLElement | null): HTMLElement {
  return submitter?.hasAttribute('formaction') === true ? submitter : form
}

export function setBusy(sender: HTMLElement, isBusy: boolean): void {
  // The timer of an earlier form must not end the wait for this one.
  clearTimeout(busy.get(sender))
  if (isBusy)
    busy.set(
      sender,
      setTimeout(() => setBusy(sender, false), longEnoughMs),
    )
  else busy.delete(sender)
  const buttons =
    sender instanceof HTMLFormElement ? sender.querySelectorAll('button[type="submit"]') : [sender]
  for (const button of buttons) setEnabled(button, !isBusy)
}

function setEnabled(button: Element, isEnabled: boolean): void {
  if (isEnabled) button.removeAttribute('aria-disabled')
  else button.setAttribute('aria-disabled', 'true')
}
