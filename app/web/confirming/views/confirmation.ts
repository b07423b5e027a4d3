// The page that asks who the person is, before an action that cannot be taken back or that hands out data.
import { laterSummary, problemsIn, type FormRefusal } from '../../account/views/form-summary.ts'
import { paths } from '../../addresses.ts'
import { passkeyForm } from '../../passkeys/passkey-form.ts'
import { codeField } from '../../account/views/code-field.ts'
import { formField } from '../../ui/form-field.ts'
import type { OwnProof } from '../own-password-field.ts'
import type { PageFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { cardPage } from '../../ui/layout.ts'

export type ConfirmationPage = {
  readonly frame: PageFrame
  readonly username: string
  readonly proof: OwnProof
  /** true when the account has a second factor */
  readonly asksForCode: boolean
  /** true when the account has a passkey */
  readonly hasPasskey: boolean
  /** the Taskr address to go to afterwards */
  readonly returnTo?: string | undefined
  readonly refusal?: FormRefusal | undefined
}

export function confirmationPage(page: ConfirmationPage): Html {
  return cardPage(page.frame, {
    title: page.refusal === undefined ? 'Confirm it’s you' : 'Problem: Confirm it’s you',
    body: html`<div class="card">
      <h1>Confirm it’s you</h1>
      <p>Taskr won’t ask again for ten minutes.</p>
      ${laterSummary(page.refusal, page.frame.now)}
      ${
        page.proof.by === 'provider' && !(page.proof.isFresh && page.asksForCode)
          ? atProvider(page, page.proof.label)
          : typed(page)
      }
      ${page.hasPasskey ? withPasskey(page) : ''}
      <p class="switch"><a href="${page.returnTo ?? paths.settings}">Cancel</a></p>
    </div>`,
  })
}

function typed(page: ConfirmationPage): Html {
  const problems = problemsIn(page.refusal)
  const isFirst = page.refusal === undefined
  const password = {
    name: 'password',
    label: 'Password',
    type: 'password',
    autocomplete: 'current-password',
    isFirst,
  } as const
  return html`<form method="post" action="${paths.confirmation}" novalidate>
    <input type="hidden" name="username" autocomplete="username" value="${page.username}" />
    ${returnField(page)} ${page.proof.by === 'password' ? formField(password, problems) : ''}
    ${page.asksForCode ? codeField(page.proof.by === 'password' ? {} : { isFirst }, problems) : ''}
    <div class="actions">
      <button class="primary grow" type="submit">Confirm</button>
    </div>
  </form>`
}

/** The account has no password. */
function atProvider(page: ConfirmationPage, label: string): Html {
  return html`<form class="sign-on" method="post" action="${paths.signOnConfirmation}">
    ${returnField(page)}
    <button class="primary grow" type="submit">
      <span>Log in again with <bdi>${label}</bdi></span>
    </button>
  </form>`
}

function returnField({ returnTo }: ConfirmationPage): Html {
  return returnTo === undefined
    ? html``
    : html`<input type="hidden" name="returnTo" value="${returnTo}" />`
}

function withPasskey(page: ConfirmationPage): Html {
  return passkeyForm({
    does: 'sign',
    asks: paths.confirmationChallenge,
    action: paths.passkeyConfirmation,
    script: page.frame.assets.passkeyScript,
    label: 'Use a passkey',
    fields: returnField(page),
  })
}
