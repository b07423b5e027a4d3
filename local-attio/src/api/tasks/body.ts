// The request bodies that create or change a task.
import { z } from 'zod'
import { getMember } from '../../values/resolve.ts'
import type { Call } from '../requests/call.ts'
import { instant } from '../requests/instant.ts'
import { links } from './links.ts'

const deadline = instant.nullable()

const assignees = z.array(
  z.union([
    z.object({
      referenced_actor_type: z.literal('workspace-member'),
      referenced_actor_id: z.guid('Invalid uuid'),
    }),
    z.strictObject({ workspace_member_email_address: z.string() }),
  ]),
)

/** All six members are required, even when they are null or empty. */
export const newTask = z.object({
  data: z.object({
    content: z.string().max(2000),
    format: z.literal('plaintext'),
    deadline_at: deadline,
    is_completed: z.boolean(),
    linked_records: links,
    assignees,
  }),
})

/** At least one of the four members is required; the content cannot change. */
export const taskChanges = z.object({
  data: z
    .strictObject({
      deadline_at: deadline.optional(),
      is_completed: z.boolean().optional(),
      linked_records: links.optional(),
      assignees: assignees.optional(),
    })
    .refine((data) => Object.keys(data).length > 0, 'At least one property must be provided'),
})

export function memberIdsOf(
  { world, workspaceId }: Call,
  assigned: z.infer<typeof assignees>,
): string[] {
  return assigned.map((assignee) => getMember(world, workspaceId, assignee).id)
}
