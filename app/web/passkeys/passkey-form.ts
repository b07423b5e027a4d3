// A form that a passkey fills in: the script asks Taskr what to sign, then the browser, and sends its response, each
// time with the form's fields. Without the script, or in a browser that knows no passkeys, it stays hidden.
import { html, type Html } from '../ui/html.ts'

export type PasskeyForm = {
  /** whether the browser makes a passkey or signs with one */
  readonly does: 'create' | 'sign'
  /** the address that says what to sign */
  readonly asks: string
  /** the address that takes the response */
  readonly action: string
  /** the address of the script */
  readonly script: string
  readonly label: string
  readonly fields?: Html
}

export function passkeyForm(form: PasskeyForm): Html {
  return html`<form
    class="passkey"
    method="post"
    action="${form.action}"
    data-passkey="${form.does}"
    data-asks="${form.asks}"
    data-script="${form.script}"
    hidden
  >
    ${form.fields ?? ''}
    <p class="message" role="alert" data-passkey-problem></p>
    <button type="submit">${form.label}</button>
  </form>`
}
