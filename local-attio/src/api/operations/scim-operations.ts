// SCIM: the only SCIM operation in Attio's document.
import { reads, type Operation } from './operation.ts'

export const scimOperations = {
  'scim-schemas.list': reads('GET', '/scim/v2/Schemas', {
    title: 'List SCIM schemas',
    scopes: ['scim_management:read-write'],
    differences: 'The attributes of the schemas are assumed.',
  }),
} as const satisfies Readonly<Record<string, Operation>>
