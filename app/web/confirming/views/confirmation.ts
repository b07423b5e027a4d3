// The page that asks who the person is, before an action that cannot be taken back or that hands out data.
import { laterSummary, problemsIn, type FormRefusal } from '../../account/views/form-summary.ts'
import { paths } from '../../addresses.ts'
import { passkeyForm } from '../../passkeys/passkey-form.ts'
import { codeField } from '../../account/views/code-field.ts'
import { formField } from '../../ui/form-field.ts'
import type { PageFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { cardPage } from '../../ui/layout.ts'

export type ConfirmationPage = {
  readonly frame: PageFrame
  readonly username: string
  /** true when the account has a second factor */
  readonly asksForCode: boolean
  /** true when the account has a passkey */
  readonly hasPasskey: boolean
  /** the Taskr address to go to afterwards */
  readonly returnTo?: string | undefined
  readonly refusal?: FormRefusal | undefined
}

export function confirmationPage(page: ConfirmationPage): Html {
  const problems = problemsIn(page.refusal)
  return cardPage(page.frame, {
    title: page.refusal === undefined ? 'Confirm it’s you' : 'Problem: Confirm it’s you',
    body: html`<div class="card">
      <h1>Confirm it’s you</h1>
      <p>Taskr won’t ask again for ten minutes.</p>
      ${laterSummary(page.refusal, page.frame.now)}
      <form method="post" action="${paths.confirmation}" novalidate>
        <input type="hidden" name="username" autocomplete="username" value="${page.username}" />
        ${
          page.returnTo === undefined
            ? ''
            : html`<input type="hidden" name="returnTo" value="${page.returnTo}" />`
        }
        ${formField(
          {
            name: 'password',
            label: 'Password',
            type: 'password',
            autocomplete: 'current-password',
            isFirst: page.refusal === undefined,
          },
          problems,
        )}
        ${page.asksForCode ? codeField({}, problems) : ''}
        <div class="actions">
          <button class="primary grow" type="submit">Confirm</button>
        </div>
      </form>
      ${page.hasPasskey ? withPasskey(page) : ''}
      <p class="switch"><a href="${page.returnTo ?? paths.settings}">Cancel</a></p>
    </div>`,
  })
}

function withPasskey({ frame, returnTo }: ConfirmationPage): Html {
  return passkeyForm({
    does: 'sign',
    asks: paths.confirmationChallenge,
    action: paths.passkeyConfirmation,
    script: frame.assets.passkeyScript,
    label: 'Use a passkey',
    fields:
      returnTo === undefined
        ? html``
        : html`<input type="hidden" name="returnTo" value="${returnTo}" />`,
  })
}
