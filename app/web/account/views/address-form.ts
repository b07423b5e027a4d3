// The form that changes the email address. It asks for the password, since the address can reset it.
import { paths } from '../../addresses.ts'
import { codeField } from './code-field.ts'
import { formField } from '../../ui/form-field.ts'
import type { AppFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { ownPasswordField, type OwnProof } from '../../confirming/own-password-field.ts'
import { formSummary, problemsIn, type FormRefusal } from './form-summary.ts'

export type AddressForm = {
  readonly frame: AppFrame
  /** true when the account has a second factor */
  readonly asksForCode: boolean
  readonly proof: OwnProof
  readonly address: {
    readonly emailAddress: string | undefined
    readonly isVerified: boolean
    readonly waitingFor: string | undefined
  }
  readonly refusal: FormRefusal | undefined
  /** the address that was typed, in a form that was refused */
  readonly typed?: string | undefined
}

export function addressForm(form: AddressForm): Html {
  const { address, asksForCode, frame, proof, refusal, typed } = form
  // The password form has ids of the same name.
  const problems = problemsIn(refusal)
  return html`<section class="panel" aria-labelledby="address-title">
    <h2 id="address-title">Email address</h2>
    <p>For resetting a forgotten password, and for security notices.</p>
    ${formSummary("Your address wasn't changed.", refusal, frame.now)} ${state(address)}
    <form method="post" action="${paths.emailAddress}" novalidate>
      ${formField(
        {
          name: 'emailAddress',
          label: 'Email',
          type: 'email',
          autocomplete: 'email',
          value: typed ?? address.waitingFor ?? address.emailAddress ?? '',
          hint: 'Leave it empty to remove your address.',
          required: false,
        },
        problems,
      )}
      ${ownPasswordField({ proof, name: 'addressPassword', returnTo: paths.settings }, problems)}
      ${asksForCode ? codeField({ id: 'address-code' }, problems) : ''}
      <button type="submit">Save address</button>
    </form>
  </section>`
}

function state({ emailAddress, isVerified, waitingFor }: AddressForm['address']): Html {
  if (waitingFor !== undefined) {
    return html`<p>
      Open the link mailed to <bdi>${waitingFor}</bdi> to confirm it. Save again for a new link.
    </p>`
  }
  if (emailAddress === undefined) {
    return html`<p>Without an address, a forgotten password can't be reset.</p>`
  }
  return isVerified
    ? html`<p><bdi>${emailAddress}</bdi> is confirmed.</p>`
    : html`<p><bdi>${emailAddress}</bdi> isn't confirmed yet. Save it to get a link.</p>`
}
