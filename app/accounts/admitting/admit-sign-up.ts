// Decides who may sign up. Every way into a new account asks here: the form, a link, and single sign-on.

import { sha256Base64Url } from '../../support/hash.ts'
import type { AccountParts } from '../account-parts.ts'
import type { SignUpLink } from './sign-up-link-store.ts'
import { findSignUpLink } from './sign-up-links.ts'
import { isOfDomains, type SignUpRule } from './sign-up-rule.ts'

export type WayIn = {
  /** The secret of a link to sign up with. */
  readonly link?: string | undefined
  /** The secret of an invitation to a seat, which the caller has found open. */
  readonly invitation?: string | undefined
  /** An address that is known to reach the person. */
  readonly verifiedAddress?: string | undefined
}

export type Admittance =
  | {
      readonly kind: 'admitted'
      readonly link: SignUpLink | undefined
      readonly verifiedAddress: string | undefined
      /** Set when the person is let in by an invitation, which lets in only one account. */
      readonly invitationHash: string | undefined
    }
  | NotAdmitted

export type NotAdmitted = { readonly kind: 'not-admitted'; readonly why: WhyNotAdmitted }

export type WhyNotAdmitted =
  | 'closed'
  | 'invitation-needed'
  /** The invitation has let an account in already. */
  | 'invitation-used'
  /** The person must open a link that is mailed to an address of the domains. */
  | 'address-needed'
  | 'other-domain'
  /** The link is unknown, used, or too old. */
  | 'link-expired'

export async function admitToSignUp(parts: AccountParts, way: WayIn): Promise<Admittance> {
  const { signUpRule: rule } = parts
  const link = way.link === undefined ? undefined : await findSignUpLink(parts, way.link)
  if (way.link !== undefined && link === undefined) return notAdmitted('link-expired')
  const verifiedAddress = link?.emailAddress ?? way.verifiedAddress
  const admitted = { kind: 'admitted', link, verifiedAddress } as const
  if (link?.madeBy === 'operator') return { ...admitted, invitationHash: undefined }
  const invitationHash =
    link?.invitationHash ?? (way.invitation && sha256Base64Url(way.invitation)) ?? undefined
  const why = refusal(rule, { invitationHash, verifiedAddress })
  if (why !== undefined) return notAdmitted(why)
  return { ...admitted, invitationHash: rule.mode === 'invited' ? invitationHash : undefined }
}

function refusal(
  rule: SignUpRule,
  given: {
    readonly invitationHash: string | undefined
    readonly verifiedAddress: string | undefined
  },
): WhyNotAdmitted | undefined {
  if (rule.mode === 'closed') return 'closed'
  if (rule.mode === 'invited' && given.invitationHash === undefined) return 'invitation-needed'
  if (rule.domains.length === 0) return undefined
  if (given.verifiedAddress === undefined) return 'address-needed'
  return isOfDomains(rule, given.verifiedAddress) ? undefined : 'other-domain'
}

function notAdmitted(why: WhyNotAdmitted): NotAdmitted {
  return { kind: 'not-admitted', why }
}
