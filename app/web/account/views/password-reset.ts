// The page behind a reset link, which asks for the new password.
import { paths } from '../../addresses.ts'
import { formField } from '../../ui/form-field.ts'
import type { PageFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { cardPage } from '../../ui/layout.ts'
import { formSummary, problemsIn, type FormRefusal } from './form-summary.ts'

export type PasswordResetPage = {
  readonly frame: PageFrame
  /** undefined for a link that does not work */
  readonly open:
    | {
        readonly link: string
        readonly username: string
        readonly minimumPasswordLength: number
      }
    | undefined
  readonly refusal?: FormRefusal | undefined
}

export function passwordResetPage({ frame, open, refusal }: PasswordResetPage): Html {
  const isProblem = refusal !== undefined || open === undefined
  return cardPage(frame, {
    title: isProblem ? 'Problem: New password' : 'New password',
    body: html`<div class="card">
      <h1>New password</h1>
      ${formSummary("Your password wasn't changed.", refusal, frame.now)}
      ${
        open === undefined
          ? html`<p>This link was used already, or it's older than 30 minutes.</p>
              <p class="switch"><a href="${paths.forgottenPassword}">Get a new one</a></p>`
          : form(open, refusal)
      }
    </div>`,
  })
}

function form(
  { link, minimumPasswordLength, username }: NonNullable<PasswordResetPage['open']>,
  refusal: FormRefusal | undefined,
): Html {
  return html`<p>For the account <bdi>${username}</bdi>. You'll be logged out everywhere.</p>
    <form method="post" action="${paths.passwordReset}" novalidate>
      <input type="hidden" name="link" value="${link}" />
      <input type="hidden" name="username" autocomplete="username" value="${username}" />
      ${formField(
        {
          name: 'newPassword',
          label: 'New password',
          type: 'password',
          autocomplete: 'new-password',
          hint: `At least ${minimumPasswordLength} characters. Try four unrelated words.`,
        },
        problemsIn(refusal),
      )}
      <div class="actions">
        <button class="primary grow" type="submit">Change password</button>
      </div>
    </form>`
}
