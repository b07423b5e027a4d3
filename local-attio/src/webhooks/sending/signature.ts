// Signs a delivery as Attio does, or in one of the ways that a receiver must refuse.
import { createHmac } from 'node:crypto'
import type { WebhookEffect } from '../../faults/webhook-faults.ts'

/** Lower-case hexadecimal HMAC-SHA256 of the body's bytes; undefined when there shall be none. */
export function sign(
  body: string,
  secret: string,
  spoil?: WebhookEffect['signature'],
): string | undefined {
  const signature = createHmac('sha256', secret).update(body, 'utf8').digest('hex')
  switch (spoil) {
    case undefined:
      return signature
    case 'wrong':
      return createHmac('sha256', `not ${secret}`).update(body, 'utf8').digest('hex')
    case 'missing':
      return undefined
    case 'upper-case':
      return signature.toUpperCase()
    case 'truncated':
      return signature.slice(0, 32)
    case 'doubled':
      return `${signature}, ${signature}`
  }
}
