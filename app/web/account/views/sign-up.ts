// The sign-up page. A refused form keeps its values (the password only with the script, since Taskr never sends it back), with the message beside each field.
import { logInAddress, paths } from '../../addresses.ts'
import { formField, problemSummary, type FieldMessage } from '../../ui/form-field.ts'
import type { PageFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { cardPage } from '../../ui/layout.ts'
import { signOnButton } from './sign-on-button.ts'
import { triesLater, type TriesLater } from './tries-later.ts'

export type SignUpPage = {
  readonly frame: PageFrame
  readonly minimumPasswordLength: number
  /** what people call the identity provider; undefined when there is none */
  readonly signOnLabel?: string | undefined
  readonly values?: { readonly username: string; readonly emailAddress: string } | undefined
  readonly outcome?: SignUpOutcome | undefined
  /** the link that the person opened to sign up; its address is verified */
  readonly link?: { readonly secret: string; readonly emailAddress: string | undefined } | undefined
  /** the Taskr address to go to afterwards */
  readonly returnTo?: string | undefined
}

export type SignUpOutcome =
  | { readonly kind: 'refused'; readonly problems: readonly FieldMessage[] }
  | { readonly kind: 'username-taken' }
  | TriesLater

export function signUpPage(page: SignUpPage): Html {
  const { values, outcome } = page
  const problems = problemsOf(outcome)
  return cardPage(page.frame, {
    title: outcome === undefined ? 'Sign up' : 'Problem: Sign up',
    body: html`<div class="card">
      <h1>Sign up</h1>
      <p>One account for all your Attio workspaces.</p>
      ${outcome === undefined ? '' : summary(outcome, problems, page.frame.now)}
      <form method="post" action="${paths.signUp}" novalidate data-stay>
        ${formField(
          {
            name: 'username',
            label: 'Username',
            type: 'text',
            autocomplete: 'username',
            isFirst: outcome === undefined,
            value: values?.username,
          },
          problems,
        )}
        ${formField(
          {
            name: 'password',
            label: 'Password',
            type: 'password',
            autocomplete: 'new-password',
            hint: `At least ${page.minimumPasswordLength} characters. Try four unrelated words.`,
          },
          problems,
        )}
        ${addressField(page, problems)}
        <input type="hidden" name="timeZone" value="" data-time-zone />
        ${
          page.returnTo === undefined
            ? ''
            : html`<input type="hidden" name="returnTo" value="${page.returnTo}" />`
        }
        <div class="actions">
          <button class="primary grow" type="submit">Sign up</button>
        </div>
      </form>
      ${signOnButton({ label: page.signOnLabel, verb: 'Sign up', returnTo: page.returnTo })}
      <p class="switch">
        Already have an account?
        <a href="${logInAddress(page.returnTo === undefined ? {} : { returnTo: page.returnTo })}"
          >Log in</a
        >
      </p>
    </div>`,
  })
}

function addressField({ link, values }: SignUpPage, problems: readonly FieldMessage[]): Html {
  const hidden =
    link === undefined ? '' : html`<input type="hidden" name="link" value="${link.secret}" />`
  if (link?.emailAddress !== undefined) {
    return html`<p class="field">Your email: <bdi>${link.emailAddress}</bdi></p>
      ${hidden}`
  }
  const field = formField(
    {
      name: 'emailAddress',
      label: 'Email (optional)',
      type: 'email',
      autocomplete: 'email',
      value: values?.emailAddress,
      required: false,
    },
    problems,
  )
  return html`${field} ${hidden}`
}

function problemsOf(outcome: SignUpOutcome | undefined): readonly FieldMessage[] {
  if (outcome?.kind === 'refused') return outcome.problems
  if (outcome?.kind !== 'username-taken') return []
  return [{ field: 'username', message: 'That username is taken. Choose another.' }]
}

function summary(outcome: SignUpOutcome, problems: readonly FieldMessage[], now: number): Html {
  switch (outcome.kind) {
    case 'refused':
    case 'username-taken':
      return problems.length === 1 ? html`` : problemSummary('Please fix this:', problems)
    case 'too-many':
    case 'busy':
      return triesLater(outcome, now)
  }
}
