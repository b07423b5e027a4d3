// Operations that the real Attio has and this one has not. They answer with a 501 that nobody can
// take for an answer of Attio's, so that a client never goes on with nonsense.

export type Unsupported = readonly [method: string, path: string]

const meeting = '/v2/meetings/{meeting_id}'
const recording = `${meeting}/call_recordings/{call_recording_id}`

export const unsupportedOperations: readonly Unsupported[] = [
  ['DELETE', '/v2/objects/{object}'],
  ['GET', '/v2/objects/{object}/views'],
  ['GET', '/v2/lists/{list}/views'],
  ['POST', '/v2/objects/{object}/records/merge'],
  ['PATCH', '/v2/notes/{note_id}'],
  ['GET', '/v2/meetings'],
  ['POST', '/v2/meetings'],
  ['GET', meeting],
  ['GET', `${meeting}/call_recordings`],
  ['POST', `${meeting}/call_recordings`],
  ['GET', recording],
  ['DELETE', recording],
  ['GET', `${recording}/transcript`],
  ['GET', '/v2/files'],
  ['POST', '/v2/files'],
  ['POST', '/v2/files/upload'],
  ['GET', '/v2/files/{file_id}'],
  ['DELETE', '/v2/files/{file_id}'],
  ['GET', '/v2/files/{file_id}/download'],
  ['POST', '/v2/sql'],
  ['GET', '/v2/emails'],
  ['GET', '/v2/sequences/unsubscribed_emails'],
  ['GET', '/v2/activities'],
  ['GET', '/scim/v2/Schemas'],
  ['GET', '/scim/v2/Users'],
  ['POST', '/scim/v2/Users'],
  ['GET', '/scim/v2/Users/{user_id}'],
  ['PUT', '/scim/v2/Users/{user_id}'],
  ['PATCH', '/scim/v2/Users/{user_id}'],
  ['DELETE', '/scim/v2/Users/{user_id}'],
  ['GET', '/scim/v2/Groups'],
  ['POST', '/scim/v2/Groups'],
  ['GET', '/scim/v2/Groups/{workspace_team_id}'],
  ['PUT', '/scim/v2/Groups/{workspace_team_id}'],
  ['PATCH', '/scim/v2/Groups/{workspace_team_id}'],
  ['DELETE', '/scim/v2/Groups/{workspace_team_id}'],
]

export function unsupportedBody([method, path]: Unsupported) {
  return {
    local_attio: 'not-supported',
    operation: `${method} ${path}`,
    explanation:
      'The real Attio has this operation; the local Attio does not. This is not an answer of Attio’s. See SUPPORTED.md.',
  }
}
