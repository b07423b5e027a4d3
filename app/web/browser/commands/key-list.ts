// The list of keyboard shortcuts, opened by a key or a button, with the switch that disables them in this browser.

const offKey = 'taskr-keys'

export function letKeyListOpen(): void {
  document.addEventListener('click', (event) => {
    if (!(event.target instanceof Element)) return
    if (event.target.closest('[data-keys-open]') !== null) openKeyList()
    if (event.target.closest('[data-keys-close]') !== null) list()?.close()
  })
  document.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement) || !target.matches('[data-keys-switch]')) return
    if (target.checked) localStorage.removeItem(offKey)
    else localStorage.setItem(offKey, 'off')
  })
}

export function openKeyList(): boolean {
  const dialog = list()
  const isOn = dialog?.querySelector<HTMLInputElement>('[data-keys-switch]')
  if (dialog === null || isOn === null || isOn === undefined) return false
  isOn.checked = !isSwitchedOff()
  dialog.showModal()
  return true
}

function list(): HTMLDialogElement | null {
  return document.querySelector<HTMLDialogElement>('dialog#keys')
}

export function isKeyListOpen(): boolean {
  return list()?.open === true
}

export function isSwitchedOff(): boolean {
  return localStorage.getItem(offKey) !== null
}
