// Example calls of lists and their entries.
import { standard } from '../../seed/standard.ts'
import type { listOperations } from '../operations/list-operations.ts'
import type { ExampleWorld } from './example-world.ts'
import { data, type Example } from './example.ts'

const entries = '/v2/lists/pipeline/entries'

export function listExamples({
  company,
  list,
  entry: entryId,
}: ExampleWorld): Readonly<Record<keyof typeof listOperations, Example>> {
  const entry = `${entries}/${entryId}`
  const parent = { parent_record_id: company, parent_object: 'companies' }
  const low = { entry_values: { priority: ['Low'] } }
  return {
    'lists.list': { path: '/v2/lists' },
    'lists.create': { path: '/v2/lists', body: data(newList) },
    'lists.get': { path: '/v2/lists/pipeline' },
    'lists.update': { path: `/v2/lists/${list}`, body: data({ name: 'Funnel' }) },
    'entries.query': { path: `${entries}/query`, body: query },
    'entries.create': { path: entries, body: data({ ...parent, entry_values: {} }) },
    'entries.assert': { path: entries, body: data({ ...parent, ...low }) },
    'entries.get': { path: entry },
    'entries.update': { path: entry, body: data(low) },
    'entries.overwrite': { path: entry, body: data({ entry_values: { priority: [] } }) },
    'entries.delete': { path: entry },
    'entries.write-values': {
      path: `${entry}/attributes/priority/values`,
      body: data({ values: history, replace_history: true }),
    },
    'entries.values': { path: `${entry}/attributes/priority/values` },
  }
}

const newList = {
  name: 'Candidates',
  api_slug: 'candidates',
  parent_object: 'people',
  workspace_access: 'full-access',
  workspace_member_access: [
    { workspace_member_id: standard.members.benAtAcme, level: 'full-access' },
  ],
}

const history = [{ option: 'Low', active_from: '2024-02-01T00:00:00Z', active_until: null }]

const query = {
  filter: {
    path: [
      ['pipeline', 'parent_record'],
      ['companies', 'name'],
    ],
    constraints: { value: 'Initech' },
  },
}
