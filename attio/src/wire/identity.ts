// A token's identity: the answer of GET /v2/self and of token introspection.
// Source: docs.attio.com/rest-api/endpoint-reference/meta/identify
import { z } from 'zod'

export interface ActiveIdentity {
  readonly active: true
  readonly scopes: readonly string[]
  /** The token's app; for a workspace's own token, the token itself. */
  readonly clientId: string
  readonly audience: string
  /** `workspace`, or `user` when the token acts for the member who authorised it. */
  readonly tokenLevel: string
  /** Milliseconds since 1970. */
  readonly issuedAt: number
  readonly workspaceId: string
  readonly workspaceName: string
  readonly workspaceSlug: string
  readonly workspaceLogoUrl: string | null
  /** Absent for some tokens that Attio itself created. */
  readonly authorizedByWorkspaceMemberId?: string
}

/** The answer for a dead token: unknown, revoked and deleted tokens are inactive. */
export type Identity = { readonly active: false } | ActiveIdentity

const activeSchema = z
  .object({
    active: z.literal(true),
    scope: z.string(),
    client_id: z.string().min(1),
    aud: z.string(),
    iat: z.number(),
    token_level: z.string().default('workspace'), // newer than the other members
    workspace_id: z.string().min(1),
    workspace_name: z.string(),
    workspace_slug: z.string(),
    workspace_logo_url: z.string().nullish(),
    authorized_by_workspace_member_id: z.string().min(1).nullish(),
  })
  .transform((wire): ActiveIdentity => ({
    active: true,
    scopes: wire.scope.split(' ').filter((scope) => scope !== ''),
    clientId: wire.client_id,
    audience: wire.aud,
    tokenLevel: wire.token_level,
    issuedAt: wire.iat * 1000,
    workspaceId: wire.workspace_id,
    workspaceName: wire.workspace_name,
    workspaceSlug: wire.workspace_slug,
    workspaceLogoUrl: wire.workspace_logo_url ?? null,
    ...(wire.authorized_by_workspace_member_id && {
      authorizedByWorkspaceMemberId: wire.authorized_by_workspace_member_id,
    }),
  }))

const inactiveSchema = z
  .object({ active: z.literal(false) })
  .transform((): { readonly active: false } => ({ active: false }))

export const identitySchema: z.ZodType<Identity> = z.discriminatedUnion('active', [
  activeSchema,
  inactiveSchema,
])
