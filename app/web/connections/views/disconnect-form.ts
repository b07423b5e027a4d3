// The form that disconnects a workspace. It asks who the person is unless they proved it recently.
import { addressOf, confirmationAddress, paths } from '../../addresses.ts'
import { codeField } from '../../account/views/code-field.ts'
import { problemSummary, type FieldMessage } from '../../ui/form-field.ts'
import { html, type Html } from '../../ui/html.ts'
import { ownPasswordField, type OwnProof } from '../../confirming/own-password-field.ts'
import { counted, waitInWords } from '../../ui/words.ts'

export type DisconnectForm = {
  readonly connectionId: string
  readonly workspaceName: string
  /** what proves who the person is, unless they did that recently */
  readonly asksFor:
    | {
        readonly proof: OwnProof
        readonly code: boolean
        /** instead of both */
        readonly orPasskey: boolean
      }
    | undefined
  /** how many changes are not at Attio yet; disconnecting drops them */
  readonly underWay?: number | undefined
  /** asks whether to end it for colleagues, too */
  readonly everyone?: Html
  readonly refused?:
    | {
        readonly problems: readonly FieldMessage[]
        /** what stands in the way besides the fields */
        readonly because?: string | undefined
        readonly retryAt?: number | undefined
      }
    | undefined
  readonly now: number
}

export function disconnectForm(form: DisconnectForm): Html {
  const { connectionId, refused } = form
  const { underWay = 0 } = form
  const problems = refused?.problems ?? []
  const passwordId = `password-${connectionId}`
  return html`<details class="disclosure" ${refused === undefined ? '' : html`open`}>
    <summary>Disconnect<span class="visually-hidden"> ${form.workspaceName}</span>…</summary>
    ${underWay === 0 ? '' : sendFirst(connectionId, underWay)}
    <form method="post" action="${addressOf(paths.disconnection, { connectionId })}" novalidate>
      <input type="hidden" name="underWay" value="${underWay}" />
      <p>
        Taskr revokes its access to <bdi>${form.workspaceName}</bdi> and deletes its tasks here.
        Nothing changes in Attio.
      </p>
      ${refused === undefined ? '' : summary(refused, passwordId, form.now)}
      ${
        form.asksFor === undefined
          ? ''
          : ownPasswordField(
              {
                proof: form.asksFor.proof,
                name: 'password',
                id: passwordId,
                returnTo: paths.connections,
              },
              problems,
            )
      }
      ${form.asksFor?.code === true ? codeField({ id: `code-${connectionId}` }, problems) : ''}
      ${form.asksFor?.orPasskey === true ? passkeyLink() : ''} ${form.everyone ?? ''}
      <button class="danger" type="submit">
        <span>Disconnect <bdi>${form.workspaceName}</bdi></span>
      </button>
    </form>
  </details>`
}

function passkeyLink(): Html {
  const address = confirmationAddress({ returnTo: paths.connections })
  return html`<p><a class="button" href="${address}">Confirm with a passkey instead</a></p>`
}

function sendFirst(connectionId: string, underWay: number): Html {
  const [they, have] = underWay === 1 ? ['It', 'hasn’t'] : ['They', 'haven’t']
  return html`<form method="post" action="${addressOf(paths.sending, { connectionId })}">
    <p class="message">
      ${counted(underWay, 'change')} ${have} reached Attio yet. ${they} will be lost if you
      disconnect now.
    </p>
    <button type="submit">Send ${underWay === 1 ? 'it' : 'them'} first</button>
  </form>`
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
        refused.because,
      )
    : problemSummary(`Too many tries. Try again ${waitInWords(refused.retryAt, now)}.`)
}
