// A second press on a button that has already sent its form does nothing. It ends by itself: after a
// while, and when the browser brings the page back from its history.

const busy = new WeakSet<HTMLFormElement>()
const longEnoughMs = 8000

export function preventSecondSubmission(): void {
  document.addEventListener('submit', (event) => {
    const form = event.target
    if (!(form instanceof HTMLFormElement) || event.defaultPrevented) return
    if (busy.has(form)) {
      event.preventDefault()
      event.stopImmediatePropagation()
      return
    }
    setBusy(form, true)
    setTimeout(() => setBusy(form, false), longEnoughMs)
  })
  globalThis.addEventListener('pageshow', (event) => {
    if (!event.persisted) return
    for (const form of document.forms) setBusy(form, false)
  })
}

export function setBusy(form: HTMLFormElement, isBusy: boolean): void {
  if (isBusy) busy.add(form)
  else busy.delete(form)
  for (const button of form.querySelectorAll('button[type="submit"]')) {
    if (isBusy) button.setAttribute('aria-disabled', 'true')
    else button.removeAttribute('aria-disabled')
  }
}
