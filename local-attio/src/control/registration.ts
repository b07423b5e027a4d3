// An app's registration, and its JSON form in control requests and the --apps file.
import { z } from 'zod'

export type AppRegistration = {
  readonly name: string
  readonly redirectUris: readonly string[]
  /** For example "task:read-write". */
  readonly scopes: readonly string[]
  /** A UUID. An app with a given client id is registered again after every reset. */
  readonly clientId?: string
  /** Default: random at the first registration, then unchanged. */
  readonly clientSecret?: string
}

export const registration = z.strictObject({
  name: z.string().min(1),
  redirectUris: z.array(z.string()),
  scopes: z.array(z.string()),
  clientId: z.guid().exactOptional(),
  clientSecret: z.string().min(1).exactOptional(),
})
