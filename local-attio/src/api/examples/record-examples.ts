// Example calls of records.
import type { recordOperations } from '../operations/record-operations.ts'
import type { ExampleWorld } from './example-world.ts'
import { data, type Example } from './example.ts'

const records = '/v2/objects/people/records'

export function recordExamples({
  person,
  anotherPerson,
  company,
}: ExampleWorld): Readonly<Record<keyof typeof recordOperations, Example>> {
  const record = `${records}/${person}`
  const write = (values: unknown) => data({ values })
  return {
    'records.query': { path: `${records}/query`, body: query },
    'records.create': {
      path: records,
      body: write({ name: ['Turing, Alan'], email_addresses: ['alan@hooli.example'] }),
    },
    'records.assert': {
      path: `${records}?matching_attribute=email_addresses`,
      body: write({ email_addresses: ['grace@initech.example'], job_title: ['Admiral'] }),
    },
    'records.get': { path: record },
    'records.update': { path: record, body: write({ job_title: ['Admiral'] }) },
    'records.overwrite': { path: record, body: write({ phone_numbers: ['+44 20 7946 0958'] }) },
    'records.delete': { path: record },
    'records.values': { path: `${record}/attributes/name/values?show_historic=true` },
    'records.write-values': {
      path: `${record}/attributes/job_title/values`,
      body: data({ values: history, replace_history: true }),
    },
    'records.merge': {
      path: `${records}/merge`,
      body: data({ primary_record_id: person, secondary_record_id: anotherPerson }),
    },
    'records.entries': { path: `/v2/objects/companies/records/${company}/entries` },
    'records.search': { path: '/v2/objects/records/search', body: search },
  }
}

const query = {
  filter: { email_addresses: { $contains: 'initech' } },
  sorts: [{ direction: 'asc', attribute: 'name', field: 'last_name' }],
}

const history = [
  {
    value: 'Rear admiral',
    active_from: '2020-01-01T00:00:00Z',
    active_until: '2021-06-15T09:30:00Z',
  },
  { value: 'Admiral', active_from: '2021-06-15T09:30:00Z', active_until: null },
]

const search = {
  query: 'grace',
  objects: ['people', 'companies', 'deals'],
  request_as: { type: 'workspace' },
}
