// A member of a workspace. Source: docs.attio.com/rest-api/endpoint-reference/workspace-members
import { z } from 'zod'
import { instantSchema } from './instants.ts'

export interface WorkspaceMember {
  readonly id: string
  readonly workspaceId: string
  /** Either name may be empty. */
  readonly firstName: string
  readonly lastName: string
  readonly emailAddress: string
  readonly avatarUrl: string | null
  /** `admin`, `member` or `suspended`; suspended members stay in the list. */
  readonly accessLevel: string
  /** Milliseconds since 1970. */
  readonly createdAt: number
}

export const workspaceMemberSchema: z.ZodType<WorkspaceMember> = z
  .object({
    id: z.object({ workspace_id: z.string().min(1), workspace_member_id: z.string().min(1) }),
    first_name: z.string(),
    last_name: z.string(),
    email_address: z.string(),
    avatar_url: z.string().nullish(),
    access_level: z.string(),
    created_at: instantSchema,
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
