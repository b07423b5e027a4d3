// Workspace members: list and get. Suspended members are included.
import { timestamp } from '../../timestamps.ts'
import type { Member } from '../../world/access.ts'
import type { Handler } from '../requests/call.ts'
import { notFound } from '../requests/errors.ts'
import { readUuid } from '../requests/validation.ts'

export const listWorkspaceMembers: Handler = ({ world, workspaceId }) => ({
  data: world.membersOf(workspaceId).map(renderMember),
})

export const getWorkspaceMember: Handler = (call) => {
  const id = readUuid(call, 'workspace_member_id')
  const member = call.world.members.get(id)
  if (member?.workspaceId !== call.workspaceId) {
    throw notFound(`Workspace member with ID "${id}" not found.`)
  }
  return { data: renderMember(member) }
}

function renderMember(member: Member) {
  return {
    id: { workspace_id: member.workspaceId, workspace_member_id: member.id },
    first_name: member.firstName,
    last_name: member.lastName,
    avatar_url: member.avatarUrl,
    email_address: member.emailAddress,
    access_level: member.accessLevel,
    created_at: timestamp(member.createdAt),
  }
}
