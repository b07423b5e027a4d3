// Sets an address by the link that was mailed to it. Both the new address and the former one are told.
import type { AccountParts } from '../account-parts.ts'
import { describeClient, recordEvent } from '../audit/record-event.ts'
import type { Client } from '../client.ts'
import { setEmailAddress } from '../own-account/account-store.ts'
import { removeMailedLinks } from './mailed-link-store.ts'
import { emailKeyOf, useLink } from './mailed-links.ts'
import { mailNotice } from './notices.ts'

export type AddressConfirmed =
  | { readonly kind: 'confirmed'; readonly emailAddress: string }
  | { readonly kind: 'expired' }
  | { readonly kind: 'too-many'; readonly retryAt: number }

export async function confirmAddress(
  parts: AccountParts,
  secret: string,
  client: Client,
): Promise<AddressConfirmed> {
  const admission = await parts.limits.admitLink(client.address)
  if (admission.kind === 'too-many') return admission
  return await parts.database.transaction(async (db) => {
    const used = await useLink(parts, db, 'verify-address', secret)
    if (used === undefined) return { kind: 'expired' }
    const { account, emailAddress } = used
    await setEmailAddress(db, account, {
      emailAddress,
      emailKey: emailKeyOf(emailAddress),
      verifiedAt: parts.clock.now(),
    })
    // A link in the former mailbox must not open the account any more.
    await removeMailedLinks(db, account, 'reset-password')
    await recordEvent(parts, db, account.accountId, {
      kind: 'address-verified',
      details: { emailAddress, ...describeClient(client) },
    })
    if (account.emailVerifiedAt !== undefined && account.emailAddress !== emailAddress) {
      await mailNotice(parts, db, account, {
        subject: 'Your Taskr address was changed',
        paragraphs: ['Your account has another email address now. Taskr writes there from now on.'],
      })
    }
    const confirmed = {
      subject: 'This is your Taskr address now',
      paragraphs: [
        'Taskr writes here when you reset your password, and when your account changes.',
      ],
    }
    await mailNotice(parts, db, account, confirmed, emailAddress)
    return { kind: 'confirmed', emailAddress }
  })
}
