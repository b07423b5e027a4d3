// Records of the objects users and workspaces of Acme Robotics, where an admin has switched them on.
import { emailContent } from '../values/contents.ts'
import type { SeedWorkspace } from './grow-workspace.ts'

const dayMs = 86_400_000

export function acmeUsers(schema: SeedWorkspace, at: number): void {
  const born = at - 20 * dayMs
  const [company, person] = ['companies', 'people'].map((slug) => {
    const objectId = schema.objectId(slug)
    return schema.grown.records.find((record) => record.objectId === objectId)
  })
  const workspace = schema.addRecord('workspaces', born, {
    workspace_id: [{ value: 'initech-production' }],
    name: [{ value: 'Initech production' }],
    company: [reference(company)],
  })
  schema.addRecord('users', born, {
    user_id: [{ value: 'user-1' }],
    primary_email_address: [emailContent('grace@initech.example')],
    person: [reference(person)],
    workspace: [reference({ id: workspace, objectId: schema.objectId('workspaces') })],
  })
}

function reference(record: { readonly id: string; readonly objectId: string } | undefined) {
  return { target_object_id: record?.objectId ?? '', target_record_id: record?.id ?? '' }
}
