// Loads the passkeys' script on the pages that have a form for it, and tells it of forms that were morphed in. Its address
// is one that the content security policy allows.
import { passkeyFormsShown } from './forms-shown.ts'

let loaded = ''

export function loadPasskeyScript(): void {
  const form = document.querySelector<HTMLElement>('form[data-passkey]')
  const address = form?.dataset['script'] ?? ''
  if (address === '') return
  if (address === loaded) document.dispatchEvent(new Event(passkeyFormsShown))
  else void import(address)
  loaded = address
}
