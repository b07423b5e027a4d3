// How a signed-in person proves who they are: with their password, or, when the account has none, with a new log-in at the
// identity provider.
import { providerStandsMs, type Session } from '../../accounts/accounts.ts'
import type { OwnProof } from './own-password-field.ts'
import type { WebParts } from '../web-parts.ts'

export async function proofOf(
  { accounts, clock }: Pick<WebParts, 'accounts' | 'clock'>,
  { accountId, providerConfirmedAt }: Session,
): Promise<OwnProof> {
  const { singleSignOn } = accounts
  const state = await singleSignOn?.find(accountId)
  if (singleSignOn === undefined || state === undefined || state.hasPassword) {
    return { by: 'password' }
  }
  const isFresh =
    providerConfirmedAt !== undefined &&
    Math.abs(clock.now() - providerConfirmedAt) <= providerStandsMs
  return { by: 'provider', label: singleSignOn.label, isFresh }
}
