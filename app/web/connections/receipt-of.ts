// Says how far the revocation of a connection's token has come.
import type { Revocation } from '../../connections/connections.ts'
import type { RevocationReceipt } from './views/receipts.ts'

export function receiptOf(revocation: Revocation): RevocationReceipt {
  const { status, lastAnswer, createdAt, finishedAt, webhook } = revocation
  return {
    ...revocation,
    status: status === 'held' ? 'pending' : status,
    lastAnswer: answerOf(lastAnswer),
    requestedAt: createdAt,
    finishedAt: finishedAt ?? null,
    webhook: webhook && { status: webhook.status, lastAnswer: answerOf(webhook.lastAnswer) },
  }
}

function answerOf(answer: string | undefined): RevocationReceipt['lastAnswer'] {
  switch (answer) {
    case undefined:
    case 'locked':
    case 'revoked':
    case 'removed':
      return undefined
    case 'timeout':
      return { kind: 'timed-out' }
    case 'unreadable':
    case 'response':
      return { kind: 'unclear' }
    case 'already-dead':
    case 'token-unreadable':
    case 'already-gone':
      return { kind: answer }
    case 'token-dead':
      return { kind: 'already-dead' }
    default: {
      const status = /^http-(\d{3})$/.exec(answer)?.[1]
      return status === undefined
        ? { kind: 'unreachable' }
        : { kind: 'answered', status: Number(status) }
    }
  }
}
