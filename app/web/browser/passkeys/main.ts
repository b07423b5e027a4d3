// Passkeys: a script of its own, which only pages with such a form load. It shows the forms, and fills them in.
import { property, textOf } from '../in-place/fetch-json.ts'
import { passkeyFormsShown } from './forms-shown.ts'

const offline = 'You’re offline. Try again.'

function showPasskeyForms(): void {
  if (!knowsPasskeys()) return
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-passkey]')) {
    form.hidden = false
  }
  for (const excuse of document.querySelectorAll<HTMLElement>('[data-without-passkeys]')) {
    excuse.hidden = true
  }
}

function knowsPasskeys(): boolean {
  return (
    typeof PublicKeyCredential === 'function' &&
    typeof PublicKeyCredential.parseCreationOptionsFromJSON === 'function' &&
    typeof PublicKeyCredential.parseRequestOptionsFromJSON === 'function'
  )
}

document.addEventListener('submit', (event) => {
  const form = event.target
  if (!(form instanceof HTMLFormElement) || !form.hasAttribute('data-passkey')) return
  event.preventDefault()
  void fillIn(form)
})
document.addEventListener(passkeyFormsShown, showPasskeyForms)
showPasskeyForms()

async function fillIn(form: HTMLFormElement): Promise<void> {
  const button = form.querySelector('button')
  if (button === null || button.disabled) return
  button.disabled = true
  say(form, '')
  try {
    const address = await send(form)
    if (address !== undefined) return location.assign(address)
  } catch (error) {
    say(form, wordsFor(error))
  }
  button.disabled = false
}

/** Returns where to go next; undefined after a problem, which the form then says. */
async function send(form: HTMLFormElement): Promise<string | undefined> {
  const asked = await post(form.dataset['asks'] ?? '', fieldsOf(form))
  const elsewhere = nextStep(form, asked)
  const options = property(asked, 'options')
  if (options === undefined) return elsewhere
  const credential = await askBrowser(form.dataset['passkey'] ?? '', options)
  const body = fieldsOf(form)
  body.append('response', JSON.stringify(credential))
  return nextStep(form, await post(form.action, body))
}

function fieldsOf(form: HTMLFormElement): URLSearchParams {
  const fields = new URLSearchParams()
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string') fields.append(name, value)
  }
  return fields
}

function nextStep(form: HTMLFormElement, answer: unknown): string | undefined {
  const problem = textOf(answer, 'problem')
  if (problem !== '') say(form, problem)
  return textOf(answer, 'address') || undefined
}

async function askBrowser(does: string, options: unknown): Promise<unknown> {
  if (!isForSigning(options)) throw new TypeError('nothing to sign')
  const credential =
    does === 'create' && isForCreation(options)
      ? await navigator.credentials.create({
          publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options),
        })
      : await navigator.credentials.get({
          publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options),
        })
  if (!(credential instanceof PublicKeyCredential)) throw new TypeError('no passkey')
  return credential.toJSON()
}

/** Taskr sends what its own server made; the browser judges the rest. */
function isForCreation(value: unknown): value is PublicKeyCredentialCreationOptionsJSON {
  return textOf(value, 'challenge') !== ''
}

function isForSigning(value: unknown): value is PublicKeyCredentialRequestOptionsJSON {
  return textOf(value, 'challenge') !== ''
}

async function post(address: string, body: URLSearchParams): Promise<unknown> {
  const answer = await fetch(address, {
    method: 'POST',
    body,
    mode: 'same-origin',
    headers: { accept: 'application/json', 'x-taskr-stays': 'yes' },
  })
  const isJson = answer.headers.get('content-type')?.startsWith('application/json') === true
  if (!isJson) return { address: answer.redirected ? answer.url : location.href }
  const value: unknown = await answer.json()
  return value
}

/** A browser does not say whether the person cancelled or has no passkey, so that a page cannot find out. */
function wordsFor(error: unknown): string {
  if (error instanceof DOMException) {
    return error.name === 'InvalidStateError'
      ? 'This device has a passkey for you already.'
      : 'No passkey was used.'
  }
  return offline
}

function say(form: HTMLFormElement, text: string): void {
  const place = form.querySelector('[data-passkey-problem]')
  if (place !== null) place.textContent = text
}
