// Operations of Attio that the local Attio lacks. They answer with a 501 that is distinct from every
// answer of Attio, so that a client never continues with an invented result.

export type Unsupported = readonly [method: string, path: string]

export const unsupportedOperations: readonly Unsupported[] = [
  ['DELETE', '/v2/objects/{object}'],
  ['GET', '/v2/objects/{object}/views'],
  ['GET', '/v2/lists/{list}/views'],
  ['GET', '/v2/files'],
  ['POST', '/v2/files'],
  ['POST', '/v2/files/upload'],
  ['GET', '/v2/files/{file_id}'],
  ['DELETE', '/v2/files/{file_id}'],
  ['GET', '/v2/files/{file_id}/download'],
  ['POST', '/v2/sql'],
  ['GET', '/v2/emails'],
  ['GET', '/v2/sequences/unsubscribed_emails'],
  ['POST', '/v2/sequences/unsubscribed_emails'],
  ['GET', '/v2/activities'],
  ['POST', '/v2/activities'],
  ['GET', '/v2/activities/{activity}'],
  ['PATCH', '/v2/activities/{activity}'],
  ['DELETE', '/v2/activities/{activity}'],
  ['GET', '/v2/activities/{activity}/attributes'],
  ['POST', '/v2/activities/{activity}/attributes'],
  ['POST', '/v2/activities/{activity}/records/query'],
  ['POST', '/v2/activities/{activity}/records'],
  ['PUT', '/v2/activities/{activity}/records'],
  ['GET', '/v2/activities/{activity}/records/{record_id}'],
  ['PATCH', '/v2/activities/{activity}/records/{record_id}'],
  ['DELETE', '/v2/activities/{activity}/records/{record_id}'],
  ['GET', '/openapi/api'],
  ['GET', '/openapi/standard-objects'],
  ['GET', '/openapi/webhooks'],
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
