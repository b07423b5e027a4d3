// The responses that browsers send for a new passkey and for a signature (WebAuthn §5.8), read strictly and kept short.
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { z } from 'zod'

/** Longer than any authenticator writes, and short enough to read in a moment. */
const base64Url = z
  .string()
  .max(4_096)
  .regex(/^[A-Za-z0-9_-]*$/)
const credentialId = base64Url.min(1).max(1_400)

const shared = { id: credentialId, rawId: credentialId, type: z.literal('public-key') }

const registrationSchema = z.object({
  ...shared,
  response: z.object({
    clientDataJSON: base64Url,
    attestationObject: base64Url,
    transports: z.array(z.string().max(40)).max(10).optional(),
  }),
})

const authenticationSchema = z.object({
  ...shared,
  response: z.object({
    clientDataJSON: base64Url,
    authenticatorData: base64Url,
    signature: base64Url,
    userHandle: base64Url.max(100),
  }),
})

/** Returns undefined for a text that is no such response. */
export function readRegistration(text: string): RegistrationResponseJSON | undefined {
  const parsed = registrationSchema.safeParse(readJson(text))
  if (!parsed.success) return undefined
  const { transports, ...response } = parsed.data.response
  return {
    ...parsed.data,
    response: { ...response, ...(transports === undefined ? {} : { transports }) },
    clientExtensionResults: {},
  }
}

/** Returns undefined for a text that is no such response. The user handle is needed: it names the account. */
export function readAuthentication(text: string): AuthenticationResponseJSON | undefined {
  const parsed = authenticationSchema.safeParse(readJson(text))
  return parsed.success ? { ...parsed.data, clientExtensionResults: {} } : undefined
}

function readJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}
