// The page that asks for a reset link. Its answer is the same for every address.
import { paths } from '../../addresses.ts'
import { formField } from '../../ui/form-field.ts'
import type { PageFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { cardPage } from '../../ui/layout.ts'
import { formSummary, problemsIn, type FormRefusal } from './form-summary.ts'

export type ForgottenPasswordPage = {
  readonly frame: PageFrame
  readonly state: 'asked' | 'mail-off' | 'noted'
  readonly refusal?: FormRefusal | undefined
  readonly emailAddress?: string | undefined
}

export function forgottenPasswordPage(page: ForgottenPasswordPage): Html {
  return cardPage(page.frame, {
    title: page.refusal === undefined ? 'Forgot password' : 'Problem: Forgot password',
    body: html`<div class="card">
      <h1>${page.state === 'noted' ? 'Check your mail' : 'Forgot password'}</h1>
      ${content(page)}
      <p class="switch"><a href="${paths.logIn}">Back to log in</a></p>
    </div>`,
  })
}

function content(page: ForgottenPasswordPage): Html {
  switch (page.state) {
    case 'mail-off':
      return html`<p>This Taskr can't send mail. Ask the people who run it.</p>`
    case 'noted':
      return html`<p>
          If an account has that address confirmed, a link is on its way. It works for 30 minutes.
        </p>
        <p>No mail? Look in your spam folder.</p>`
    case 'asked':
      return html`<p>Enter the address that your account has confirmed.</p>
        ${formSummary('Please fix this:', page.refusal, page.frame.now)}
        <form method="post" action="${paths.forgottenPassword}" novalidate>
          ${formField(
            {
              name: 'emailAddress',
              label: 'Email',
              type: 'email',
              autocomplete: 'email',
              value: page.emailAddress,
            },
            problemsIn(page.refusal),
          )}
          <div class="actions">
            <button class="primary grow" type="submit">Send link</button>
          </div>
        </form>`
  }
}
