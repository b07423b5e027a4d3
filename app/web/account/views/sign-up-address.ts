// The first step of signing up where only addresses of certain domains may: the address, which gets a link.
import { logInAddress, paths } from '../../addresses.ts'
import { formField } from '../../ui/form-field.ts'
import type { PageFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { cardPage } from '../../ui/layout.ts'
import { choiceInWords } from '../../ui/words.ts'
import { signOnButton } from './sign-on-button.ts'
import { formSummary, problemsIn, type FormRefusal } from './form-summary.ts'

export type SignUpAddressPage = {
  readonly frame: PageFrame
  readonly domains: readonly string[]
  /** what people call the identity provider; undefined when there is none */
  readonly signOnLabel: string | undefined
  /** `mailed`: the link is on its way */
  readonly state: 'asked' | 'mailed'
  readonly emailAddress?: string | undefined
  readonly refusal?: FormRefusal | undefined
}

export function signUpAddressPage(page: SignUpAddressPage): Html {
  return cardPage(page.frame, {
    title: page.refusal === undefined ? 'Sign up' : 'Problem: Sign up',
    body: html`<div class="card">
      <h1>${page.state === 'mailed' ? 'Check your mail' : 'Sign up'}</h1>
      ${page.state === 'mailed' ? mailed(page) : form(page)}
      ${page.state === 'mailed' ? '' : signOnButton({ label: page.signOnLabel, verb: 'Sign up' })}
      <p class="switch">Already have an account? <a href="${logInAddress()}">Log in</a></p>
    </div>`,
  })
}

function mailed({ emailAddress }: SignUpAddressPage): Html {
  return html`<p>
      Open the link mailed to <bdi>${emailAddress ?? 'you'}</bdi> to sign up. It works for 24 hours.
    </p>
    <p>No mail? Look in your spam folder.</p>`
}

function form(page: SignUpAddressPage): Html {
  return html`<p>For people with an address at <bdi>${choiceInWords(page.domains)}</bdi>.</p>
    ${formSummary('Please fix this:', page.refusal, page.frame.now)}
    <form method="post" action="${paths.signUpLink}" novalidate>
      ${formField(
        {
          name: 'emailAddress',
          label: 'Work email',
          type: 'email',
          autocomplete: 'email',
          isFirst: page.refusal === undefined,
          value: page.emailAddress,
        },
        problemsIn(page.refusal),
      )}
      <div class="actions">
        <button class="primary grow" type="submit">Send link</button>
      </div>
    </form>`
}
