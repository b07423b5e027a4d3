// The page of two-step verification: off, or on with its recovery codes.
import { formSummary, problemsIn, type FormRefusal } from '../../account/views/form-summary.ts'
import { paths } from '../../addresses.ts'
import { codeField } from '../../account/views/code-field.ts'
import type { AppFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { ownPasswordField, type OwnProof } from '../../confirming/own-password-field.ts'
import { appPage } from '../../ui/layout.ts'
import { moment } from '../../ui/moment.ts'
import { counted } from '../../ui/words.ts'

export type TwoStepPage = {
  readonly frame: AppFrame
  readonly factor: TwoStepState
  readonly proof: OwnProof
  /** why it was not turned off */
  readonly refusal?: FormRefusal | undefined
}

export type TwoStepState =
  | { readonly kind: 'off' }
  | { readonly kind: 'on'; readonly confirmedAt: number; readonly recoveryCodes: number }

export function twoStepPage(page: TwoStepPage): Html {
  const title = 'Two-step verification'
  return appPage(page.frame, {
    title: page.refusal === undefined ? title : `Problem: ${title}`,
    current: { kind: 'settings' },
    body: html`<header class="view">
        <h1>${title}</h1>
        <a class="back" href="${paths.settings}">Settings</a>
      </header>
      ${page.factor.kind === 'off' ? setUp() : inForce(page, page.factor)}`,
  })
}

function setUp(): Html {
  return html`<section class="panel" aria-labelledby="set-up-title">
    <h2 id="set-up-title">Set up</h2>
    <p>
      After your password, Taskr asks for a code from an app on your phone. Any authenticator app
      works.
    </p>
    <form method="post" action="${paths.factorSetUp}">
      <button class="primary" type="submit">Set up an authenticator app</button>
    </form>
  </section>`
}

function inForce(
  { frame, proof, refusal }: TwoStepPage,
  factor: Extract<TwoStepState, { kind: 'on' }>,
): Html {
  const reader = { now: frame.now, timeZone: frame.account.timeZone }
  return html`<section class="panel" aria-labelledby="app-title">
      <h2 id="app-title">Authenticator app</h2>
      <p>
        <span class="badge" data-tone="good">On</span> since ${moment(factor.confirmedAt, reader)}
      </p>
    </section>
    <section class="panel" aria-labelledby="recovery-title">
      <h2 id="recovery-title">Recovery codes</h2>
      <p>${codesLeft(factor.recoveryCodes)} Each logs you in once without your app.</p>
      <form method="post" action="${paths.recoveryCodes}">
        <button type="submit">Make new codes</button>
      </form>
    </section>
    ${turnOff(frame, proof, refusal)}`
}

function codesLeft(recoveryCodes: number): Html {
  if (recoveryCodes === 0) return html`<strong>No codes left.</strong>`
  const left = `${counted(recoveryCodes, 'code')} left.`
  return recoveryCodes < 4 ? html`<strong>${left}</strong>` : html`${left}`
}

function turnOff(frame: AppFrame, proof: OwnProof, refusal: FormRefusal | undefined): Html {
  const problems = problemsIn(refusal)
  return html`<section class="panel" aria-labelledby="off-title">
    <h2 id="off-title">Turn off</h2>
    <p>
      ${proof.by === 'password' ? 'Your password' : proof.label} alone will then be enough to log
      in.
    </p>
    ${formSummary('Still on.', refusal, frame.now)}
    <details class="disclosure" ${refusal === undefined ? '' : html`open`}>
      <summary>Turn off two-step verification</summary>
      <form method="post" action="${paths.twoStepEnding}" novalidate>
        ${ownPasswordField({ proof, name: 'password', returnTo: paths.twoStep }, problems)}
        ${codeField({}, problems)}
        <button class="danger" type="submit">Turn off</button>
      </form>
    </details>
  </section>`
}
