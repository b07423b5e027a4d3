// The standard objects that are off until an admin switches them on: users and workspaces.
import type { Schema } from './schema.ts'
import type { AttributeSketch } from './sketches.ts'

export const optionalObjects = ['users', 'workspaces'] as const

export type OptionalObject = (typeof optionalObjects)[number]

/** Adds the object, and links it to the existing objects it refers to. */
export function addOptionalObject(schema: Schema, slug: OptionalObject): void {
  if (slug === 'users') addUsers(schema)
  else addWorkspaces(schema)
  if (schema.hasObject('users') && schema.hasObject('workspaces')) tieUsersToWorkspaces(schema)
}

function addUsers(schema: Schema): void {
  schema.addObject('users', ['User', 'Users'], users)
  const reverse = { slug: 'associated_users', title: 'Associated users', isMultiselect: true }
  schema.relate('users', 'person', reverse)
}

function addWorkspaces(schema: Schema): void {
  schema.addObject('workspaces', ['Workspace', 'Workspaces'], workspaces)
  schema.relate('workspaces', 'company', {
    slug: 'associated_workspaces',
    title: 'Associated workspaces',
    isMultiselect: true,
  })
}

function tieUsersToWorkspaces(schema: Schema): void {
  const workspace = {
    slug: 'workspace',
    title: 'Workspace',
    type: 'record-reference',
    refersTo: 'workspaces',
    isMultiselect: true,
  } as const
  schema.addAttributes({ id: schema.objectId('users'), kind: 'objects' }, [workspace])
  const reverse = { slug: 'users', title: 'Users', isMultiselect: true }
  schema.relate('users', 'workspace', reverse)
}

const users: readonly AttributeSketch[] = [
  { slug: 'person', title: 'Person', type: 'record-reference', refersTo: 'people' },
  {
    slug: 'primary_email_address',
    title: 'Primary email address',
    type: 'email-address',
    isUnique: true,
  },
  { slug: 'user_id', title: 'ID', type: 'text', isUnique: true, isRequired: true },
]

const workspaces: readonly AttributeSketch[] = [
  { slug: 'workspace_id', title: 'ID', type: 'text', isUnique: true, isRequired: true },
  { slug: 'name', title: 'Name', type: 'text' },
  { slug: 'company', title: 'Company', type: 'record-reference', refersTo: 'companies' },
  { slug: 'avatar_url', title: 'Avatar URL', type: 'text', isReadOnly: true },
]
