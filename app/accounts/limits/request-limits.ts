// Limits sign-ups, requests for mailed links, the use of such links, and exports.
import { sha256Base64Url } from '../../support/hash.ts'
import type { AccountId } from '../../support/ids.ts'
import type { Admission, LimitParts } from './admission.ts'
import { createNetworkLimit } from './network-limit.ts'

export type RequestLimits = {
  /** Counts a sign-up form before it is read. */
  readonly admitSignUpForm: (address: string) => Promise<Admission>
  readonly admitSignUp: (address: string) => Promise<Admission>
  /** Counts a log-in that begins at the identity provider. */
  readonly admitSignOn: (address: string) => Promise<Admission>
  /** Counts a request for a link to sign up with. */
  readonly admitSignUpMail: (address: string) => Promise<Admission>
  /** Counts such links by the email address that they go to. */
  readonly admitSignUpLink: (emailKey: string) => Promise<Admission>
  readonly admitExport: (accountId: AccountId) => Promise<Admission>
  /** Counts a request for a reset link. */
  readonly admitReset: (address: string) => Promise<Admission>
  /** Counts reset links to an email address, in the same way whether or not an account has it. */
  readonly admitResetMail: (emailKey: string) => Promise<Admission>
  /** Counts confirmation links, by account and by email address. */
  readonly admitVerification: (accountId: AccountId, emailKey: string) => Promise<Admission>
  /** Counts the use of a mailed link, whether or not it works. */
  readonly admitLink: (address: string) => Promise<Admission>
}

export function createRequestLimits(parts: LimitParts): RequestLimits {
  const { count, rules, take } = parts
  const hourly = (name: string, points: number) => createNetworkLimit(parts, name, points, 3600)
  const signUpForms = hourly('sign-up-forms', 10 * rules.signUpsPerHourAndAddress)
  const signUps = hourly('sign-ups', rules.signUpsPerHourAndAddress)
  const signOns = createNetworkLimit(parts, 'sign-ons', rules.passwordsPerMinuteAndAddress, 60)
  const signUpMails = hourly('sign-up-mails', rules.signUpsPerHourAndAddress)
  const signUpLinks = count('sign-up-links', rules.mailsPerHour, 3600)
  const exports = count('exports', rules.exportsPerHourAndAccount, 3600)
  const resets = hourly('resets', rules.resetsPerHourAndAddress)
  const resetMails = count('reset-mails', rules.mailsPerHour, 3600)
  const verifications = count('verifications', rules.mailsPerHour, 3600)
  const links = hourly('mailed-links', 10 * rules.resetsPerHourAndAddress)
  return {
    admitSignUpForm: (address) => signUpForms.take(address),
    admitSignUp: (address) => signUps.take(address),
    admitSignOn: (address) => signOns.take(address),
    admitSignUpMail: (address) => signUpMails.take(address),
    admitSignUpLink: (emailKey) => take(signUpLinks, sha256Base64Url(emailKey)),
    admitExport: (accountId) => take(exports, accountId),
    admitReset: (address) => resets.take(address),
    admitResetMail: (emailKey) => take(resetMails, sha256Base64Url(emailKey)),
    admitVerification: async (accountId, emailKey) => {
      const toAccount = await take(verifications, accountId)
      if (toAccount.kind === 'too-many') return toAccount
      return await take(verifications, sha256Base64Url(emailKey))
    },
    admitLink: (address) => links.take(address),
  }
}
