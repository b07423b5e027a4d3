// The form that changes the password. It asks for the old one, and ends every other session.
import { paths } from '../../addresses.ts'
import { codeField } from './code-field.ts'
import { formField } from '../../ui/form-field.ts'
import type { AppFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { ownPasswordField, type OwnProof } from '../../confirming/own-password-field.ts'
import { formSummary, problemsIn, type FormRefusal } from './form-summary.ts'

export type PasswordForm = {
  readonly frame: AppFrame
  /** true when the account has a second factor */
  readonly asksForCode: boolean
  readonly proof: OwnProof
  readonly minimumPasswordLength: number
  readonly refusal: FormRefusal | undefined
}

export function passwordForm(form: PasswordForm): Html {
  const problems = problemsIn(form.refusal)
  return html`<section class="panel" aria-labelledby="password-title">
    <h2 id="password-title">Password</h2>
    <p>
      ${
        form.proof.by === 'password'
          ? 'Changing it logs you out everywhere else.'
          : 'Your account has none. Setting one logs you out everywhere else.'
      }
    </p>
    ${formSummary("Your password wasn't changed.", form.refusal, form.frame.now)}
    <form method="post" action="${paths.password}" novalidate>
      <input
        type="hidden"
        name="username"
        autocomplete="username"
        value="${form.frame.account.username}"
      />
      ${ownPasswordField(
        {
          proof: form.proof,
          name: 'currentPassword',
          label: 'Current password',
          returnTo: paths.settings,
        },
        problems,
      )}
      ${form.asksForCode ? codeField({ id: 'password-code' }, problems) : ''}
      ${formField(
        {
          name: 'newPassword',
          label: 'New password',
          type: 'password',
          autocomplete: 'new-password',
          hint: `At least ${form.minimumPasswordLength} characters.`,
        },
        problems,
      )}
      <button type="submit">${form.proof.by === 'password' ? 'Change' : 'Set'} password</button>
    </form>
  </section>`
}
