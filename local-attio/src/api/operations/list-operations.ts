// Lists and their entries.
import { appends, reads, writes, type Operation } from './operation.ts'

const entries = ['list_entry:read', 'list_configuration:read']
const entryWrites = ['list_entry:read-write', 'list_configuration:read']
const entriesOf = '/v2/lists/{list}/entries'

export const listOperations = {
  'lists.list': reads('GET', '/v2/lists', {
    title: 'List all lists',
    scopes: ['list_configuration:read'],
  }),
  'lists.create': writes('POST', '/v2/lists', {
    title: 'Create a list',
    scopes: ['list_configuration:read-write'],
    differences: 'No plan forbids any access; `billing_error` never comes.',
  }),
  'lists.get': reads('GET', '/v2/lists/{list}', {
    title: 'Get a list',
    scopes: ['list_configuration:read'],
  }),
  'lists.update': writes('PATCH', '/v2/lists/{list}', {
    title: 'Update a list',
    scopes: ['list_configuration:read-write'],
  }),
  'entries.query': reads('POST', `${entriesOf}/query`, {
    title: 'List entries',
    scopes: entries,
  }),
  'entries.create': writes('POST', entriesOf, {
    title: 'Create an entry (add record to list)',
    scopes: entryWrites,
  }),
  'entries.assert': writes('PUT', entriesOf, {
    title: 'Assert a list entry by parent',
    scopes: entryWrites,
    differences: appends,
  }),
  'entries.get': reads('GET', `${entriesOf}/{entry_id}`, {
    title: 'Get a list entry',
    scopes: entries,
  }),
  'entries.update': writes('PATCH', `${entriesOf}/{entry_id}`, {
    title: 'Update a list entry (append multiselect values)',
    scopes: entryWrites,
    differences: appends,
  }),
  'entries.overwrite': writes('PUT', `${entriesOf}/{entry_id}`, {
    title: 'Update a list entry (overwrite multiselect values)',
    scopes: entryWrites,
    differences: appends,
  }),
  'entries.delete': writes('DELETE', `${entriesOf}/{entry_id}`, {
    title: 'Delete a list entry',
    scopes: entryWrites,
  }),
  'entries.values': reads('GET', `${entriesOf}/{entry_id}/attributes/{attribute}/values`, {
    title: 'List attribute values for a list entry',
    scopes: entries,
  }),
  'entries.write-values': writes('PUT', `${entriesOf}/{entry_id}/attributes/{attribute}/values`, {
    title: 'Write list entry attribute values (with their history)',
    since: '2026-08',
    scopes: entryWrites,
    differences: 'The answer is that of reading the values; assumed.',
  }),
} as const satisfies Readonly<Record<string, Operation>>
