// Attio's REST API as a list: every operation that is served here, what it needs, and what is
// known to be different. The scopes are those of Attio's reference; "x:read-write" includes "x:read".

export type Operation = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Attio's own spelling, parameters in braces. */
  readonly path: string
  /** What Attio's reference calls it. */
  readonly title: string
  /** Needed whatever is asked for. Some handlers ask for more, by what the request is about. */
  readonly scopes: readonly string[]
  /** Which of the two rate limits counts it. */
  readonly access: 'read' | 'write'
  /** How it is known to be unlike the real one. */
  readonly differences?: string
}

type Rest = Pick<Operation, 'title' | 'scopes' | 'differences'>

function reads(method: Operation['method'], path: string, rest: Rest): Operation {
  return { method, path, ...rest, access: 'read' }
}

function writes(method: Operation['method'], path: string, rest: Rest): Operation {
  return { method, path, ...rest, access: 'write' }
}

const taskReads = ['object_configuration:read', 'record_permission:read', 'user_management:read']
const records = ['record_permission:read', 'object_configuration:read']
const recordWrites = ['record_permission:read-write', 'object_configuration:read']
const objects = ['object_configuration:read']
const objectWrites = ['object_configuration:read-write']
const entries = ['list_entry:read', 'list_configuration:read']
const entryWrites = ['list_entry:read-write', 'list_configuration:read']
const noteReads = ['object_configuration:read', 'record_permission:read']

const attributes = '/v2/{target}/{identifier}/attributes'
const recordsOf = '/v2/objects/{object}/records'
const entriesOf = '/v2/lists/{list}/entries'

const taskLinks =
  'Links to records that do not exist are dropped when named by id, refused when named by value.'
const appends = 'Values that are written again keep the instant of the first time.'

/** Served here, by name. */
export const operations = {
  'self.identify': reads('GET', '/v2/self', {
    title: 'Identify',
    scopes: [],
    differences: 'Every token is of the level "workspace".',
  }),

  'tasks.list': reads('GET', '/v2/tasks', {
    title: 'List tasks',
    scopes: ['task:read', ...taskReads],
    differences: 'A limit above 500 is refused; the real maximum is not documented.',
  }),
  'tasks.create': writes('POST', '/v2/tasks', {
    title: 'Create a task',
    scopes: ['task:read-write', ...taskReads],
    differences: `Members beyond the six are refused. ${taskLinks}`,
  }),
  'tasks.get': reads('GET', '/v2/tasks/{task_id}', {
    title: 'Get a task',
    scopes: ['task:read', ...taskReads],
  }),
  'tasks.update': writes('PATCH', '/v2/tasks/{task_id}', {
    title: 'Update a task',
    scopes: ['task:read-write', ...taskReads],
    differences: `Members beyond the four are refused, \`content\` among them. ${taskLinks}`,
  }),
  'tasks.delete': writes('DELETE', '/v2/tasks/{task_id}', {
    title: 'Delete a task',
    scopes: ['task:read-write'],
  }),

  'workspace-members.list': reads('GET', '/v2/workspace_members', {
    title: 'List workspace members',
    scopes: ['user_management:read'],
  }),
  'workspace-members.get': reads('GET', '/v2/workspace_members/{workspace_member_id}', {
    title: 'Get a workspace member',
    scopes: ['user_management:read'],
  }),

  'objects.list': reads('GET', '/v2/objects', { title: 'List objects', scopes: objects }),
  'objects.create': writes('POST', '/v2/objects', {
    title: 'Create an object',
    scopes: objectWrites,
  }),
  'objects.get': reads('GET', '/v2/objects/{object}', { title: 'Get an object', scopes: objects }),
  'objects.update': writes('PATCH', '/v2/objects/{object}', {
    title: 'Update an object',
    scopes: objectWrites,
  }),

  'attributes.list': reads('GET', attributes, {
    title: 'List attributes',
    scopes: objects,
    differences: 'In the order of creation; Attio has the order of its pages.',
  }),
  'attributes.create': writes('POST', attributes, {
    title: 'Create an attribute',
    // object_configuration:read-write, or list_configuration:read-write for a list.
    scopes: [],
  }),
  'attributes.get': reads('GET', `${attributes}/{attribute}`, {
    title: 'Get an attribute',
    scopes: objects,
  }),
  'attributes.update': writes('PATCH', `${attributes}/{attribute}`, {
    title: 'Update an attribute',
    scopes: objectWrites,
  }),
  'options.list': reads('GET', `${attributes}/{attribute}/options`, {
    title: 'List select options',
    scopes: objects,
  }),
  'options.create': writes('POST', `${attributes}/{attribute}/options`, {
    title: 'Create a select option',
    scopes: objectWrites,
  }),
  'options.update': writes('PATCH', `${attributes}/{attribute}/options/{option}`, {
    title: 'Update a select option',
    scopes: objectWrites,
  }),
  'statuses.list': reads('GET', `${attributes}/{attribute}/statuses`, {
    title: 'List statuses',
    scopes: objects,
  }),
  'statuses.create': writes('POST', `${attributes}/{attribute}/statuses`, {
    title: 'Create a status',
    scopes: objectWrites,
  }),
  'statuses.update': writes('PATCH', `${attributes}/{attribute}/statuses/{status}`, {
    title: 'Update a status',
    scopes: objectWrites,
  }),

  'records.query': reads('POST', `${recordsOf}/query`, {
    title: 'List records',
    scopes: records,
    differences: 'There is no limit on the complexity of queries; the score is always 1.',
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
  'records.entries': reads('GET', `${recordsOf}/{record_id}/entries`, {
    title: 'List record entries',
    scopes: ['record_permission:read', 'object_configuration:read', 'list_entry:read'],
  }),
  'records.search': reads('POST', '/v2/objects/records/search', {
    title: 'Search records',
    scopes: records,
    differences: 'Every word has to be part of a name, address, domain or number; not fuzzy.',
  }),

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

  'notes.list': reads('GET', '/v2/notes', {
    title: 'List notes',
    scopes: ['note:read', ...noteReads],
  }),
  'notes.create': writes('POST', '/v2/notes', {
    title: 'Create a note',
    scopes: ['note:read-write', ...noteReads],
    differences: 'Markdown becomes plain text by simple rules; there are no tags.',
  }),
  'notes.get': reads('GET', '/v2/notes/{note_id}', {
    title: 'Get a note',
    scopes: ['note:read', ...noteReads],
  }),
  'notes.delete': writes('DELETE', '/v2/notes/{note_id}', {
    title: 'Delete a note',
    scopes: ['note:read-write'],
  }),

  'threads.list': reads('GET', '/v2/threads', {
    title: 'List threads',
    // And those to read the record or the entry that is asked about, below likewise.
    scopes: ['comment:read'],
  }),
  'threads.get': reads('GET', '/v2/threads/{thread_id}', {
    title: 'Get a thread',
    scopes: ['comment:read'],
  }),
  'comments.create': writes('POST', '/v2/comments', {
    title: 'Create a comment',
    scopes: ['comment:read-write'],
  }),
  'comments.get': reads('GET', '/v2/comments/{comment_id}', {
    title: 'Get a comment',
    scopes: ['comment:read'],
    differences: '`resolved_by` of an open comment is null, as the real one was seen to send it.',
  }),
  'comments.delete': writes('DELETE', '/v2/comments/{comment_id}', {
    title: 'Delete a comment',
    scopes: ['comment:read-write'],
  }),

  'webhooks.list': reads('GET', '/v2/webhooks', {
    title: 'List webhooks',
    scopes: ['webhook:read'],
  }),
  'webhooks.create': writes('POST', '/v2/webhooks', {
    title: 'Create a webhook',
    scopes: ['webhook:read-write'],
    differences: 'Plain http is taken for targets on this machine.',
  }),
  'webhooks.get': reads('GET', '/v2/webhooks/{webhook_id}', {
    title: 'Get a webhook',
    scopes: ['webhook:read'],
  }),
  'webhooks.update': writes('PATCH', '/v2/webhooks/{webhook_id}', {
    title: 'Update a webhook',
    scopes: ['webhook:read-write'],
    differences: 'Plain http is taken for targets on this machine.',
  }),
  'webhooks.delete': writes('DELETE', '/v2/webhooks/{webhook_id}', {
    title: 'Delete a webhook',
    scopes: ['webhook:read-write'],
  }),
} as const satisfies Readonly<Record<string, Operation>>

export type OperationName = keyof typeof operations

/** Every operation with its name, in the order of the list. */
export const operationEntries: readonly (readonly [OperationName, Operation])[] = Object.keys(
  operations,
)
  .filter((name): name is OperationName => Object.hasOwn(operations, name))
  .map((name) => [name, operations[name]] as const)
