// One call that succeeds for each operation, in the standard world. For the generated tests.
import type { TestAttio } from '../../for-tests.ts'
import { acmeTaskId, standard } from '../../seed/standard.ts'
import { operations, type OperationName } from '../operations/operations.ts'

export type ExampleCall = {
  readonly method: string
  readonly path: string
  readonly body?: unknown
  /** What is needed beyond the operation's own scopes, for this very call. */
  readonly moreScopes?: readonly string[]
}

const attributes = '/v2/objects/companies/attributes'
const recordScopes = ['object_configuration:read', 'record_permission:read']

export function exampleCalls(attio: TestAttio): Readonly<Record<OperationName, ExampleCall>> {
  const { world } = attio.control
  const acme = standard.workspaces.acme.id
  const objectId = (slug: string) =>
    world.objectsOf(acme).find((object) => object.slug === slug)?.id ?? ''
  const person = world.recordsOf(objectId('people'))[0]?.id ?? ''
  const company = world.recordsOf(objectId('companies'))[0]?.id ?? ''
  const list = world.listsOf(acme)[0]
  const entry = world.entriesOf(list?.id ?? '')[0]?.id ?? ''
  const comment = world.commentsOf(acme)[0]
  const webhook = world.webhooksOf(acme)[0]?.id ?? addWebhook(attio)
  const task = `/v2/tasks/${acmeTaskId(1)}`
  const record = `/v2/objects/people/records/${person}`
  const entryPath = `/v2/lists/pipeline/entries/${entry}`
  const note = `/v2/notes/${world.notesOf(acme)[0]?.id}`

  const call = (name: OperationName, path: string, body?: unknown): ExampleCall => ({
    method: operations[name].method,
    path,
    ...(body !== undefined && { body }),
  })
  const data = (members: unknown) => ({ data: members })

  return {
    'self.identify': call('self.identify', '/v2/self'),
    'tasks.list': call('tasks.list', '/v2/tasks?limit=3'),
    'tasks.create': call('tasks.create', '/v2/tasks', data(newTask)),
    'tasks.get': call('tasks.get', task),
    'tasks.update': call('tasks.update', task, data({ is_completed: true })),
    'tasks.delete': call('tasks.delete', task),
    'workspace-members.list': call('workspace-members.list', '/v2/workspace_members'),
    'workspace-members.get': call(
      'workspace-members.get',
      `/v2/workspace_members/${standard.members.benAtAcme}`,
    ),
    'objects.list': call('objects.list', '/v2/objects'),
    'objects.create': call(
      'objects.create',
      '/v2/objects',
      data({ api_slug: 'rockets', singular_noun: 'Rocket', plural_noun: 'Rockets' }),
    ),
    'objects.get': call('objects.get', `/v2/objects/${objectId('people')}`),
    'objects.update': call(
      'objects.update',
      `/v2/objects/${objectId('robots')}`,
      data({ singular_noun: 'Machine' }),
    ),
    'attributes.list': call('attributes.list', attributes),
    'attributes.create': {
      ...call('attributes.create', attributes, data(newAttribute)),
      moreScopes: ['object_configuration:read-write'],
    },
    'attributes.get': call('attributes.get', `${attributes}/name`),
    'attributes.update': call(
      'attributes.update',
      `/v2/objects/robots/attributes/${customAttribute(attio)}`,
      data({ title: 'Colour' }),
    ),
    'options.list': call('options.list', `${attributes}/categories/options`),
    'options.create': call(
      'options.create',
      `${attributes}/categories/options`,
      data({ title: 'Space' }),
    ),
    'options.update': call(
      'options.update',
      `${attributes}/categories/options/Research`,
      data({ is_archived: true }),
    ),
    'statuses.list': call('statuses.list', '/v2/objects/deals/attributes/stage/statuses'),
    'statuses.create': call(
      'statuses.create',
      '/v2/objects/deals/attributes/stage/statuses',
      data({ title: 'Stalled', target_time_in_status: 'P1W' }),
    ),
    'statuses.update': call(
      'statuses.update',
      '/v2/objects/deals/attributes/stage/statuses/Lead',
      data({ celebration_enabled: true }),
    ),
    'records.query': call('records.query', '/v2/objects/people/records/query', {
      filter: { email_addresses: { $contains: 'initech' } },
      sorts: [{ direction: 'asc', attribute: 'name', field: 'last_name' }],
    }),
    'records.create': call(
      'records.create',
      '/v2/objects/people/records',
      data({ values: { name: ['Turing, Alan'], email_addresses: ['alan@hooli.example'] } }),
    ),
    'records.assert': call(
      'records.assert',
      '/v2/objects/people/records?matching_attribute=email_addresses',
      data({ values: { email_addresses: ['grace@initech.example'], job_title: ['Admiral'] } }),
    ),
    'records.get': call('records.get', record),
    'records.update': call('records.update', record, data({ values: { job_title: ['Admiral'] } })),
    'records.overwrite': call(
      'records.overwrite',
      record,
      data({ values: { phone_numbers: ['+44 20 7946 0958'] } }),
    ),
    'records.delete': call('records.delete', record),
    'records.values': call('records.values', `${record}/attributes/name/values?show_historic=true`),
    'records.entries': call('records.entries', `/v2/objects/companies/records/${company}/entries`),
    'records.search': call('records.search', '/v2/objects/records/search', {
      query: 'grace',
      objects: ['people', 'companies', 'deals'],
      request_as: { type: 'workspace' },
    }),
    'lists.list': call('lists.list', '/v2/lists'),
    'lists.create': call('lists.create', '/v2/lists', data(newList)),
    'lists.get': call('lists.get', '/v2/lists/pipeline'),
    'lists.update': call('lists.update', `/v2/lists/${list?.id}`, data({ name: 'Funnel' })),
    'entries.query': call('entries.query', '/v2/lists/pipeline/entries/query', {
      filter: {
        path: [
          ['pipeline', 'parent_record'],
          ['companies', 'name'],
        ],
        constraints: { value: 'Initech' },
      },
    }),
    'entries.create': call(
      'entries.create',
      '/v2/lists/pipeline/entries',
      data({ parent_record_id: company, parent_object: 'companies', entry_values: {} }),
    ),
    'entries.assert': call(
      'entries.assert',
      '/v2/lists/pipeline/entries',
      data({
        parent_record_id: company,
        parent_object: 'companies',
        entry_values: { priority: ['Low'] },
      }),
    ),
    'entries.get': call('entries.get', entryPath),
    'entries.update': call(
      'entries.update',
      entryPath,
      data({ entry_values: { priority: ['Low'] } }),
    ),
    'entries.overwrite': call(
      'entries.overwrite',
      entryPath,
      data({ entry_values: { priority: [] } }),
    ),
    'entries.delete': call('entries.delete', entryPath),
    'entries.values': call('entries.values', `${entryPath}/attributes/priority/values`),
    'notes.list': call('notes.list', `/v2/notes?parent_object=people&parent_record_id=${person}`),
    'notes.create': call(
      'notes.create',
      '/v2/notes',
      data({
        parent_object: 'people',
        parent_record_id: person,
        title: 'Second call',
        format: 'markdown',
        content: '# Yes\n\nShe said **yes**.',
      }),
    ),
    'notes.get': call('notes.get', note),
    'notes.delete': call('notes.delete', note),
    'threads.list': {
      ...call('threads.list', `/v2/threads?object=companies&record_id=${company}`),
      moreScopes: recordScopes,
    },
    'threads.get': {
      ...call('threads.get', `/v2/threads/${comment?.threadId}`),
      moreScopes: recordScopes,
    },
    'comments.create': {
      ...call(
        'comments.create',
        '/v2/comments',
        data({
          format: 'plaintext',
          content: 'Done.',
          author: { type: 'workspace-member', id: standard.members.benAtAcme },
          thread_id: comment?.threadId,
        }),
      ),
      moreScopes: recordScopes,
    },
    'comments.get': {
      ...call('comments.get', `/v2/comments/${comment?.id}`),
      moreScopes: recordScopes,
    },
    'comments.delete': call('comments.delete', `/v2/comments/${comment?.id}`),
    'webhooks.list': call('webhooks.list', '/v2/webhooks'),
    'webhooks.create': call(
      'webhooks.create',
      '/v2/webhooks',
      data({
        target_url: 'https://new.example/hook',
        subscriptions: [{ event_type: 'task.created', filter: null }],
      }),
    ),
    'webhooks.get': call('webhooks.get', `/v2/webhooks/${webhook}`),
    'webhooks.update': call(
      'webhooks.update',
      `/v2/webhooks/${webhook}`,
      data({ target_url: 'https://other.example/hook' }),
    ),
    'webhooks.delete': call('webhooks.delete', `/v2/webhooks/${webhook}`),
  }
}

const newTask = {
  content: 'Call Grace',
  format: 'plaintext',
  deadline_at: '2026-06-01T15:00:00.000000000Z',
  is_completed: false,
  linked_records: ['grace@initech.example'],
  assignees: [{ workspace_member_email_address: standard.people.ada.emailAddress }],
}

const newAttribute = {
  title: 'Founded',
  description: null,
  api_slug: 'founded',
  type: 'date',
  is_required: false,
  is_unique: false,
  is_multiselect: false,
  config: {},
}

const newList = {
  name: 'Candidates',
  api_slug: 'candidates',
  parent_object: 'people',
  workspace_access: 'full-access',
  workspace_member_access: [],
}

/** An attribute that somebody added and the API may therefore change. */
function customAttribute({ control: { world } }: TestAttio): string {
  const robots = world.objects.find((object) => object.slug === 'robots')
  const name = world.attributesOf(robots?.id ?? '').find((one) => one.slug === 'condition')
  if (name?.isSystem) world.transact(() => world.attributes.put({ ...name, isSystem: false }))
  return name?.id ?? ''
}

function addWebhook({ control: { world }, clientId }: TestAttio): string {
  const webhook = world.transact(() =>
    world.webhooks.put({
      id: '00000063-0000-4000-8000-000000000001',
      workspaceId: standard.workspaces.acme.id,
      appId: clientId,
      targetUrl: 'https://example.com/hook',
      status: 'active',
      degradedAt: null,
      subscriptions: [{ eventType: 'task.created', filter: null }],
      secret: 'a'.repeat(64),
      createdAt: 0,
    }),
  )
  return webhook.id
}
