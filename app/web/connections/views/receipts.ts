// Receipts for ended connections. A receipt says only what Attio has confirmed.
import type { AppFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { atMoment, moment } from '../../ui/moment.ts'
import { counted, waitInWords, type PageReader } from '../../ui/words.ts'

export type RevocationReceipt = {
  readonly revocationId: string
  readonly workspaceName: string
  readonly status: 'pending' | 'revoked' | 'gave-up'
  readonly attempts: number
  readonly lastAnswer?: ReceiptAnswer | undefined
  readonly requestedAt: number
  readonly finishedAt: number | null
  readonly nextAttemptAt?: number | undefined
  /** The webhook of the connection, if it had one. */
  readonly webhook?:
    | {
        readonly status: 'pending' | 'removed' | 'left'
        readonly lastAnswer?: ReceiptAnswer | undefined
      }
    | undefined
}

export type ReceiptAnswer =
  | { readonly kind: 'answered'; readonly status: number }
  | { readonly kind: 'timed-out' | 'unreachable' | 'unclear' }
  /** Attio no longer knew the token */
  | { readonly kind: 'already-dead' }
  /** the webhook no longer existed */
  | { readonly kind: 'already-gone' }
  /** the stored token was altered or its key is gone, so Taskr could not call Attio */
  | { readonly kind: 'token-unreadable' }

export function receipts(all: readonly RevocationReceipt[], frame: AppFrame): Html {
  if (all.length === 0) return html``
  const reader = { now: frame.now, timeZone: frame.account.timeZone }
  return html`<section class="panel" aria-labelledby="receipts-title">
    <h2 id="receipts-title">Receipts</h2>
    <p>Taskr’s access to the workspaces you disconnected.</p>
    <ul class="things">
      ${all.map(
        (receipt) =>
          html`<li>
            <div>
              <p>
                <strong><bdi>${receipt.workspaceName}</bdi></strong>
                ${receiptBadge(receipt.status)}
              </p>
              <p class="detail">${receiptInWords(receipt, reader)}</p>
            </div>
            <span class="when">${moment(receipt.requestedAt, reader)}</span>
          </li>`,
      )}
    </ul>
  </section>`
}

const badges = {
  pending: { tone: 'quiet', words: 'Not yet revoked' },
  revoked: { tone: 'good', words: 'Revoked' },
  'gave-up': { tone: 'late', words: 'Not revoked' },
} satisfies Record<RevocationReceipt['status'], { tone: string; words: string }>

function receiptBadge(status: RevocationReceipt['status']): Html {
  const { tone, words } = badges[status]
  return html`<span class="badge" data-tone="${tone}">${words}</span>`
}

function receiptInWords(receipt: RevocationReceipt, reader: PageReader): Html {
  const tries = counted(receipt.attempts, 'try', 'tries')
  switch (receipt.status) {
    case 'revoked':
      if (receipt.lastAnswer?.kind === 'already-dead') {
        return html`Attio had already revoked the access token. Its tasks are deleted here.
        ${webhookInWords(receipt)}`
      }
      return html`Attio confirmed
      ${receipt.finishedAt === null ? '' : atMoment(receipt.finishedAt, reader)}, after ${tries}.
      Its tasks are deleted here. ${webhookInWords(receipt)}`
    case 'pending':
      return html`Its tasks are deleted here. ${webhookInWords(receipt)}
      ${isWebhookNext(receipt) ? '' : answerInWords(receipt.lastAnswer)} Taskr tries again
      ${
        receipt.nextAttemptAt === undefined
          ? 'soon'
          : waitInWords(receipt.nextAttemptAt, reader.now)
      }.`
    case 'gave-up':
      if (receipt.lastAnswer?.kind === 'token-unreadable') {
        return html`Its tasks are deleted here, but Taskr couldn’t read its access token, so it
        couldn’t ask Attio to revoke it. ${webhookInWords(receipt)} Remove the app in Attio:
        Workspace settings, Apps.`
      }
      return html`Its tasks are deleted here, but Attio hasn’t confirmed after ${tries}.
      ${webhookInWords(receipt)} ${answerInWords(receipt.lastAnswer)} To be safe, remove the app in
      Attio: Workspace settings, Apps.`
  }
}

function isWebhookNext({ webhook }: RevocationReceipt): boolean {
  return webhook?.status === 'pending' && webhook.lastAnswer !== undefined
}

/** Says what Attio confirmed about the webhook, or why it confirmed nothing. */
function webhookInWords({ webhook }: RevocationReceipt): string {
  if (webhook === undefined) return ''
  switch (webhook.status) {
    case 'removed':
      return webhook.lastAnswer?.kind === 'already-gone'
        ? 'Its webhook was already gone.'
        : 'Attio removed its webhook.'
    case 'pending':
      return webhook.lastAnswer === undefined
        ? 'Its webhook is removed first.'
        : `Its webhook isn’t removed yet; the access token follows. ${answerInWords(webhook.lastAnswer)}`
    case 'left':
      return `Its webhook couldn’t be removed: ${answerInWords(webhook.lastAnswer)} Taskr ignores what it sends.`
  }
}

function answerInWords(answer: ReceiptAnswer | undefined): string {
  if (answer === undefined) return 'Attio hasn’t been asked yet.'
  switch (answer.kind) {
    case 'timed-out':
      return 'Attio didn’t answer in time.'
    case 'unreachable':
      return 'Attio couldn’t be reached.'
    case 'unclear':
      return 'Taskr couldn’t read Attio’s answer.'
    case 'already-dead':
      return 'Attio had already revoked it.'
    case 'already-gone':
      return 'It was already gone.'
    case 'token-unreadable':
      return 'Taskr couldn’t read the token.'
    case 'answered':
      return answer.status === 429
        ? 'Attio asked Taskr to wait.'
        : `Attio answered with an error (${answer.status}).`
  }
}
