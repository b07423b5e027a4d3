// GET /scim/v2/Schemas: the RFC 7643 resources of Attio's SCIM service. No other SCIM operation is
// served here.
import type { Handler } from '../requests/call.ts'

export const listScimSchemas: Handler = () => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
  totalResults: resources.length,
  startIndex: 1,
  itemsPerPage: resources.length,
  Resources: resources,
})

/** assumed: the attributes. RFC 7643 requires these of users and groups. */
const resources = [
  schema('User', 'A member of the workspace', ['userName', 'active']),
  schema('Group', 'A team of the workspace', ['displayName', 'members']),
]

function schema(name: string, description: string, attributes: readonly string[]) {
  return {
    id: `urn:ietf:params:scim:schemas:core:2.0:${name}`,
    name,
    description,
    attributes: attributes.map((attribute) => ({ name: attribute })),
  }
}
