// The last step of signing up through the identity provider: a username.
import type { SignUpOutcome } from '../../account/views/sign-up.ts'
import { triesLater } from '../../account/views/tries-later.ts'
import { paths } from '../../addresses.ts'
import { formField, type FieldMessage } from '../../ui/form-field.ts'
import type { PageFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { cardPage } from '../../ui/layout.ts'

export type ChooseNamePage = {
  readonly frame: PageFrame
  readonly label: string
  readonly emailAddress: string
  readonly username: string
  readonly outcome?: SignUpOutcome | undefined
}

export function chooseNamePage(page: ChooseNamePage): Html {
  const { emailAddress, frame, label, outcome, username } = page
  return cardPage(frame, {
    title: outcome === undefined ? 'Sign up' : 'Problem: Sign up',
    body: html`<div class="card">
      <h1>Sign up</h1>
      <p>You’re <bdi>${emailAddress}</bdi> at <bdi>${label}</bdi>. Choose your name here.</p>
      ${
        outcome?.kind === 'too-many' || outcome?.kind === 'busy'
          ? triesLater(outcome, frame.now)
          : ''
      }
      <form method="post" action="${paths.signOnSignUp}" novalidate>
        ${formField(
          {
            name: 'username',
            label: 'Username',
            type: 'text',
            autocomplete: 'username',
            isFirst: outcome === undefined,
            value: username,
          },
          problemsOf(outcome),
        )}
        <input type="hidden" name="timeZone" value="" data-time-zone />
        <div class="actions">
          <button class="primary grow" type="submit">Sign up</button>
        </div>
      </form>
    </div>`,
  })
}

function problemsOf(outcome: SignUpOutcome | undefined): readonly FieldMessage[] {
  if (outcome?.kind === 'refused') return outcome.problems
  if (outcome?.kind !== 'username-taken') return []
  return [{ field: 'username', message: 'That username is taken. Choose another.' }]
}
