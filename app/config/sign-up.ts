// Who may sign up.
import { z } from 'zod'
import { readDomain, type SignUpRule } from '../accounts/accounts.ts'
import type { Environment } from './environment.ts'
import { splitList } from './value-kinds.ts'

export interface SignUpSettings {
  /** Who may sign up. */
  readonly signUp: SignUpRule
}

export const signUpVariables = {
  TASKR_SIGN_UP: z
    .enum(['open', 'invited', 'closed'], { error: 'must be open, invited or closed' })
    .default('open'),
  TASKR_SIGN_UP_DOMAINS: z
    .string()
    .default('')
    .transform((text, context) => {
      const domains = splitList(text).map((domain) => readDomain(domain))
      const known = domains.filter((domain) => domain !== undefined)
      if (known.length === domains.length) return known
      const message = 'must be domains, with commas between: acme.com, acme.example'
      context.addIssue({ code: 'custom', message })
      return z.NEVER
    }),
}

/** An address of a domain must be proven: by a mailed link, or by the identity provider. */
export function signUpProblems(given: Environment, production: boolean): readonly string[] {
  const isProven = given['SMTP_URL'] !== undefined || given['OIDC_ISSUER'] !== undefined
  return given['TASKR_SIGN_UP_DOMAINS'] === undefined || isProven || !production
    ? []
    : ['TASKR_SIGN_UP_DOMAINS needs SMTP_URL or OIDC_ISSUER, to verify addresses of these domains']
}

export function toSignUpSettings(
  given: z.output<z.ZodObject<typeof signUpVariables>>,
): SignUpSettings {
  return { signUp: { mode: given.TASKR_SIGN_UP, domains: given.TASKR_SIGN_UP_DOMAINS } }
}
