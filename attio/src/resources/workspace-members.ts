// The members of the workspace. Source: docs.attio.com/rest-api/endpoint-reference/workspace-members
import type { Send } from '../sending/send.ts'
import { dataAbout, listOf, type ReadListOptions } from '../wire/envelope.ts'
import { type WorkspaceMember, workspaceMemberSchema } from '../wire/workspace-member.ts'

export interface WorkspaceMembers {
  /** Lists all members, including suspended ones; Attio does not page this list. Needs `user_management:read`. */
  list(options?: ReadListOptions): Promise<readonly WorkspaceMember[]>
  /** Returns a member. Throws AttioApiError with status 404 when there is no such member. */
  get(memberId: string): Promise<WorkspaceMember>
}

export function createWorkspaceMembers(send: Send): WorkspaceMembers {
  const path = ['v2', 'workspace_members']
  return {
    async list(options) {
      const answer = listOf(workspaceMemberSchema, options)
      return (await send({ method: 'GET', path, answer })).body
    },
    async get(memberId) {
      const answer = dataAbout(workspaceMemberSchema, memberId)
      return (await send({ method: 'GET', path: [...path, memberId], answer })).body
    },
  }
}
