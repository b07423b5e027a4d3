// A member of a workspace. Source: docs.attio.com/rest-api/endpoint-reference/workspace-members
import { z } from 'zod'
import { wireId } from './id.ts'
import { optionalInstant } from './instants.ts'

export interface WorkspaceMember {
  readonly id: string
  readonly workspaceId: string
  /** The names and the address are empty when Attio has none. */
  readonly firstName: string
  readonly lastName: string
  readonly emailAddress: string
  readonly avatarUrl: string | null
  /** `admin`, `member` or `suspended`; suspended members stay in the list. */
  readonly accessLevel: string
  /** Milliseconds since 1970; null when the answer does not say it in a readable form. */
  readonly createdAt: number | null
}

const text = z.string().catch('')

export const workspaceMemberSchema: z.ZodType<WorkspaceMember> = z
  .object({
    id: z.object({ workspace_id: wireId, workspace_member_id: wireId }),
    first_name: text,
    last_name: text,
    email_address: text,
    avatar_url: z.string().nullish().catch(null),
    access_level: z.string(),
    created_at: optionalInstant,
  })
  .transform((wire): WorkspaceMember => ({
    id: wire.id.workspace_member_id,
    workspaceId: wire.id.workspace_id,
    firstName: wire.first_name,
    lastName: wire.last_name,
    emailAddress: wire.email_address,
    avatarUrl: wire.avatar_url ?? null,
    accessLevel: wire.access_level,
    createdAt: wire.created_at,
  }))
