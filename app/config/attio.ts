// Taskr as an app of Attio, and the keys that seal the access tokens which it gets there.
import { z } from 'zod'
import { openKeyRing, type AttioApp, type KeyRing } from '../connections/connections.ts'
import { Secret } from '../support/secret.ts'
import { origin, required } from './value-kinds.ts'

export interface AttioSettings {
  readonly attio: AttioApp
  readonly keys: KeyRing
}

export const callbackPath = '/integrations/attio/callback'

export const attioVariables = (production: boolean) => ({
  ATTIO_CLIENT_ID: required(
    "the Client ID on the OAuth tab of your app in Attio's developer dashboard",
  ).refine(
    (text) => z.guid().safeParse(text).success,
    'must be the Client ID from the OAuth tab: a UUID',
  ),
  ATTIO_CLIENT_SECRET: required(
    "the Client Secret on the OAuth tab in Attio's developer dashboard",
  ).refine(
    (text) =>
      text.length >= 32 && !/your|change|secret|example|placeholder|xxxx|(.)\1{15}/i.test(text),
    'must be the Client Secret from the OAuth tab, not a placeholder',
  ),
  ATTIO_APP_URL: origin('https://app.attio.com', production).default('https://app.attio.com'),
  ATTIO_API_URL: origin('https://api.attio.com', production).default('https://api.attio.com'),
  TASKR_KEYS: required('a key ring, made by: npm run keys -- new').transform((text, context) => {
    const reading = openKeyRing(text)
    if (reading.kind === 'read') return reading.ring
    context.addIssue({ code: 'custom', message: `is refused: ${reading.problem}` })
    return z.NEVER
  }),
})

export function toAttioSettings(given: Variables, publicUrl: URL): AttioSettings {
  return {
    attio: {
      clientId: given.ATTIO_CLIENT_ID,
      clientSecret: new Secret(given.ATTIO_CLIENT_SECRET),
      endpoints: {
        app: new URL(given.ATTIO_APP_URL).origin,
        api: new URL(given.ATTIO_API_URL).origin,
      },
      redirectUri: new URL(callbackPath, publicUrl).href,
    },
    keys: given.TASKR_KEYS,
  }
}

type Variables = z.output<z.ZodObject<ReturnType<typeof attioVariables>>>
