// The field in which people confirm their password. An account without a password has none to confirm: its person is led
// to the identity provider first.
import { confirmationAddress } from '../addresses.ts'
import { formField, type FieldMessage } from '../ui/form-field.ts'
import { html, type Html } from '../ui/html.ts'

export type OwnProof =
  | { readonly by: 'password' }
  | {
      readonly by: 'provider'
      /** what people call the provider */
      readonly label: string
      /** true for ten minutes after a new log-in there */
      readonly isFresh: boolean
    }

export type OwnPasswordField = {
  readonly proof: OwnProof
  readonly name: string
  readonly id?: string
  readonly label?: string
  /** the Taskr address of the form */
  readonly returnTo: string
}

export function ownPasswordField(
  { label = 'Confirm your password', proof, returnTo, ...field }: OwnPasswordField,
  problems: readonly FieldMessage[],
): Html {
  if (proof.by === 'password') {
    const rest = { type: 'password', autocomplete: 'current-password' } as const
    return formField({ ...field, ...rest, label }, problems)
  }
  const problem = problems.find((candidate) => candidate.field === field.name)
  const message = problem === undefined ? '' : html`<strong>${problem.message}</strong>`
  const id = field.id ?? field.name
  if (proof.isFresh) return problem === undefined ? html`` : html`<p id="${id}">${message}</p>`
  return html`<p class="message" id="${id}">
    ${message} This needs a new log-in with <bdi>${proof.label}</bdi>.
    <a href="${confirmationAddress({ returnTo })}">Confirm it’s you</a>
  </p>`
}
