// The identity provider through which people can log in, when there is one.
import { z } from 'zod'
import type { ProviderSettings } from '../accounts/accounts.ts'
import { Secret } from '../support/secret.ts'
import type { Environment } from './environment.ts'
import { originProblem } from './value-kinds.ts'

export interface SingleSignOnSettings {
  /** The identity provider through which people can log in, when there is one. */
  readonly singleSignOn: ProviderSettings | undefined
}

export const signOnCallbackPath = '/login/single-sign-on/callback'

export const singleSignOnVariables = (production: boolean) => ({
  OIDC_ISSUER: z
    .string()
    .transform((text, context) => {
      const problem = issuerProblem(text, production)
      if (problem === undefined) return new URL(text)
      context.addIssue({ code: 'custom', message: problem })
      return z.NEVER
    })
    .optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_LABEL: z
    .string()
    .regex(/^[^\p{C}]{1,40}$/u, 'must be a name of at most 40 characters')
    .optional(),
})

/** A provider needs its client, and a client its provider. */
export function providerProblems(given: Environment): readonly string[] {
  const needed = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET']
  const [present] = [...needed, 'OIDC_LABEL'].filter((name) => given[name] !== undefined)
  return present === undefined
    ? []
    : needed
        .filter((name) => given[name] === undefined)
        .map((name) => `${name} is missing beside ${present}`)
}

export function toSingleSignOnSettings(given: Variables, publicUrl: URL): SingleSignOnSettings {
  const {
    OIDC_CLIENT_ID: clientId,
    OIDC_CLIENT_SECRET: clientSecret,
    OIDC_ISSUER: issuer,
    OIDC_LABEL: label,
  } = given
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) {
    return { singleSignOn: undefined }
  }
  return {
    singleSignOn: {
      issuer,
      clientId,
      clientSecret: new Secret(clientSecret),
      label: label ?? issuer.hostname,
      redirectUri: new URL(signOnCallbackPath, publicUrl).href,
    },
  }
}

/** An issuer is an address that may have a path (OpenID Connect Discovery §2). */
function issuerProblem(text: string, production: boolean): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || url.search !== '' || url.hash !== '' || url.username !== '') {
    return 'must be an https:// address without a query or a user'
  }
  return originProblem(url.origin, production)
}

type Variables = z.output<z.ZodObject<ReturnType<typeof singleSignOnVariables>>>
