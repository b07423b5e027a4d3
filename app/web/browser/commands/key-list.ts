// The list of keyboard shortcuts, opened by a key or a button, with the switch that disables them in this browser.

import { element } from '../in-place/element.ts'

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

/** Adds a button that opens the list, for people who don't know the shortcut. */
export function addKeysButton(): void {
  const links = document.querySelector('#account ul')
  if (list() === null || links === null || links.querySelector('[data-keys-open]') !== null) return
  const button = element(
    'button',
    { type: 'button', class: 'quiet', 'data-keys-open': '' },
    element('kbd', { 'aria-hidden': 'true' }, '?'),
    'Keyboard shortcuts',
  )
  links.append(element('li', { 'data-script': '' }, button))
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
