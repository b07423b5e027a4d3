// The form that disconnects a workspace. It asks for the password unless it was confirmed recently.
import { addressOf, paths } from '../../addresses.ts'
import { formField, problemSummary, type FieldMessage } from '../../ui/form-field.ts'
import { html, type Html } from '../../ui/html.ts'
import { waitInWords } from '../../ui/words.ts'

export type DisconnectForm = {
  readonly connectionId: string
  readonly workspaceName: string
  readonly passwordNeeded: boolean
  readonly refused?:
    | { readonly problems: readonly FieldMessage[]; readonly retryAt?: number | undefined }
    | undefined
  readonly now: number
}

export function disconnectForm(form: DisconnectForm): Html {
  const { connectionId, refused } = form
  const passwordId = `password-${connectionId}`
  return html`<details class="disclosure" ${refused === undefined ? '' : html`open`}>
    <summary>Disconnect<span class="visually-hidden"> ${form.workspaceName}</span>…</summary>
    <form method="post" action="${addressOf(paths.disconnection, { connectionId })}" novalidate>
      <p>
        Taskr revokes its access to <bdi>${form.workspaceName}</bdi> and deletes its tasks here.
        Nothing changes in Attio.
      </p>
      ${refused === undefined ? '' : summary(refused, passwordId, form.now)}
      ${
        form.passwordNeeded
          ? formField(
              {
                name: 'password',
                id: passwordId,
                label: 'Confirm your password',
                type: 'password',
                autocomplete: 'current-password',
              },
              refused?.problems ?? [],
            )
          : ''
      }
      <button class="danger" type="submit">
        <span>Disconnect <bdi>${form.workspaceName}</bdi></span>
      </button>
    </form>
  </details>`
}

function summary(
  refused: NonNullable<DisconnectForm['refused']>,
  passwordId: string,
  now: number,
): Html {
  return refused.retryAt === undefined
    ? problemSummary(
        'Still connected.',
        refused.problems.map((problem) => ({ ...problem, id: passwordId })),
      )
    : problemSummary(`Too many tries. Try again ${waitInWords(refused.retryAt, now)}.`)
}
