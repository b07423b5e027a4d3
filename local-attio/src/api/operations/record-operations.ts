// Records of an object.
import { appends, reads, writes, type Operation } from './operation.ts'

const records = ['record_permission:read', 'object_configuration:read']
const recordWrites = ['record_permission:read-write', 'object_configuration:read']
const recordsOf = '/v2/objects/{object}/records'

export const recordOperations = {
  'records.query': reads('POST', `${recordsOf}/query`, {
    title: 'List records',
    scopes: records,
    differences:
      'There is no limit on the complexity of queries; the score is 1, or 0 without filter and sorts.',
  }),
  'records.create': writes('POST', recordsOf, {
    title: 'Create a record',
    scopes: recordWrites,
    differences: 'Nothing is enriched. A location given as text becomes its first line.',
  }),
  'records.assert': writes('PUT', recordsOf, {
    title: 'Assert a record',
    scopes: recordWrites,
    differences: appends,
  }),
  'records.get': reads('GET', `${recordsOf}/{record_id}`, {
    title: 'Get a record',
    scopes: records,
    differences: '`web_url` leads to the record on this server.',
  }),
  'records.update': writes('PATCH', `${recordsOf}/{record_id}`, {
    title: 'Update a record (append multiselect values)',
    scopes: recordWrites,
    differences: appends,
  }),
  'records.overwrite': writes('PUT', `${recordsOf}/{record_id}`, {
    title: 'Update a record (overwrite multiselect values)',
    scopes: recordWrites,
    differences: appends,
  }),
  'records.delete': writes('DELETE', `${recordsOf}/{record_id}`, {
    title: 'Delete a record',
    scopes: ['object_configuration:read', 'record_permission:read-write'],
    differences: 'Links, references, entries, notes and comments go with it; assumed.',
  }),
  'records.values': reads('GET', `${recordsOf}/{record_id}/attributes/{attribute}/values`, {
    title: 'List record attribute values',
    scopes: records,
  }),
  'records.write-values': writes('PUT', `${recordsOf}/{record_id}/attributes/{attribute}/values`, {
    title: 'Write record attribute values (with their history)',
    since: '2026-08',
    scopes: recordWrites,
    differences: 'The answer is that of reading the values; assumed.',
  }),
  'records.entries': reads('GET', `${recordsOf}/{record_id}/entries`, {
    title: 'List record entries',
    scopes: ['record_permission:read', 'object_configuration:read', 'list_entry:read'],
  }),
  'records.merge': writes('POST', `${recordsOf}/merge`, {
    title: 'Merge two records',
    since: '2026-08',
    scopes: recordWrites,
    differences:
      'Done at once, never a 202. Multiselect attributes keep the values of both; assumed.',
  }),
  'records.search': reads('POST', '/v2/objects/records/search', {
    title: 'Search records',
    scopes: records,
    differences: 'Every word has to be part of a name, address, domain or number; not fuzzy.',
  }),
} as const satisfies Readonly<Record<string, Operation>>
