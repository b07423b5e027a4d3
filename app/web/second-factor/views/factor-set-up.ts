// The page that hands the secret to an authenticator app, and asks for a first code of it.
import { paths } from '../../addresses.ts'
import { codeField } from '../../account/views/code-field.ts'
import type { FieldMessage } from '../../ui/form-field.ts'
import type { PageFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { cardPage } from '../../ui/layout.ts'
import { qrCode } from './qr-code.ts'

export type FactorSetUpPage = {
  readonly frame: PageFrame
  /** in base 32 */
  readonly secret: string
  /** the same with names, for the QR code */
  readonly address: string
  readonly problems: readonly FieldMessage[]
}

export function factorSetUpPage({ address, frame, problems, secret }: FactorSetUpPage): Html {
  return cardPage(frame, {
    title: problems.length === 0 ? 'Set up your app' : 'Problem: Set up your app',
    body: html`<div class="card">
      <h1>Set up your app</h1>
      <p>Scan this with your authenticator app. You’ll be logged out everywhere else.</p>
      ${qrCode(address)}
      <details class="disclosure">
        <summary>Can’t scan it?</summary>
        <p>Enter this key in your app:</p>
        <p><code class="key">${inGroups(secret)}</code></p>
      </details>
      <form method="post" action="${paths.twoStep}" novalidate>
        ${codeField(
          { hint: 'The six digits that your app shows now.', isFirst: problems.length === 0 },
          problems,
        )}
        <div class="actions">
          <button class="primary grow" type="submit">Turn on</button>
        </div>
      </form>
      <p class="switch"><a href="${paths.settings}">Cancel</a></p>
    </div>`,
  })
}

/** Four letters at a time can be read and typed without losing one's place. */
function inGroups(secret: string): string {
  return (secret.match(/.{1,4}/g) ?? []).join(' ')
}
