// The form that deletes the account: it lists what will happen, and asks for the password.
import { paths } from '../../addresses.ts'
import { codeField } from './code-field.ts'
import type { AppFrame } from '../../ui/frame.ts'
import { counted } from '../../ui/words.ts'
import { html, type Html } from '../../ui/html.ts'
import { ownPasswordField, type OwnProof } from '../../confirming/own-password-field.ts'
import { formSummary, problemsIn, type FormRefusal } from './form-summary.ts'

export type AccountDeletionForm = {
  readonly frame: AppFrame
  /** true when the account has a second factor */
  readonly asksForCode: boolean
  readonly proof: OwnProof
  readonly refusal: FormRefusal | undefined
  /** how many of the person's changes have not reached Attio yet */
  readonly underWay: number
}

export function accountDeletionForm({
  asksForCode,
  frame,
  proof,
  refusal,
  underWay,
}: AccountDeletionForm): Html {
  return html`<section class="panel" aria-labelledby="deletion-title">
    <h2 id="deletion-title">Delete account</h2>
    <p>
      Taskr first revokes its access at Attio, then forgets your tasks, your sessions and you. Your
      tasks in Attio stay as they are.
    </p>
    ${formSummary("Your account wasn't deleted.", refusal, frame.now)}
    <details class="disclosure" ${refusal === undefined ? '' : html`open`}>
      <summary>Delete my account</summary>
      <form method="post" action="${paths.accountDeletion}" novalidate>
        ${underWay === 0 ? '' : lostChanges(underWay)}
        <input type="hidden" name="underWay" value="${underWay}" />
        ${ownPasswordField(
          { proof, name: 'password', id: 'deletion-password', returnTo: paths.settings },
          problemsIn(refusal),
        )}
        ${asksForCode ? codeField({ id: 'deletion-code' }, problemsIn(refusal)) : ''}
        <button class="danger" type="submit">Delete account permanently</button>
      </form>
    </details>
  </section>`
}

function lostChanges(underWay: number): Html {
  const [have, they] = underWay === 1 ? (['hasn’t', 'It'] as const) : (['haven’t', 'They'] as const)
  return html`<p class="message">
    ${counted(underWay, 'change')} ${have} reached Attio yet. ${they} will be lost if you delete
    your account now.
  </p>`
}
