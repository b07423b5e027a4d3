// Builders of Attio's answers. Each takes the members that the test depends on.

const workspace_id = '14beef7a-99f7-4534-a87e-70b564330a4c'

/** The ids of the resources below, unless a test gives them others. */
export const taskId = 'c8a3f6f1-0000-4000-8000-000000000001'
export const memberId = '50cf242c-7fa3-4cad-87d0-75b1af71c57b'
export const noteId = 'ff3f3bd4-40f4-4f80-8187-cd02385af424'
export const webhookId = '23e42eaf-323a-41da-b5bb-fd67eebda553'

export function wireTask(members: object = {}, id = taskId) {
  return {
    id: { workspace_id, task_id: id },
    content_plaintext: 'Call Ada',
    is_completed: false,
    completed_at: null,
    deadline_at: null,
    linked_records: [],
    assignees: [],
    created_by_actor: { type: 'app', id: 'a0b1c2d3-0000-4000-8000-000000000002' },
    created_at: '2026-05-15T21:49:39.263000000Z',
    ...members,
  }
}

export function wireIdentity(members: object = {}) {
  return {
    active: true,
    scope: 'task:read-write record_permission:read',
    client_id: 'a0b1c2d3-0000-4000-8000-000000000002',
    token_type: 'Bearer',
    exp: null,
    iat: 1672585200,
    sub: workspace_id,
    aud: 'a0b1c2d3-0000-4000-8000-000000000002',
    iss: 'attio.com',
    token_level: 'workspace',
    authorized_by_workspace_member_id: '50cf242c-7fa3-4cad-87d0-75b1af71c57b',
    workspace_id,
    workspace_name: 'Acme',
    workspace_slug: 'acme',
    workspace_logo_url: null,
    ...members,
  }
}

export function wireMember(members: object = {}) {
  return {
    id: { workspace_id, workspace_member_id: memberId },
    first_name: 'Jo',
    last_name: 'Doe',
    avatar_url: null,
    email_address: 'jo@example.com',
    access_level: 'admin',
    created_at: '2026-05-15T20:39:12.453000000Z',
    ...members,
  }
}

export function wireObject(members: object = {}) {
  return {
    id: { workspace_id, object_id: '97052eb9-e65e-443f-a297-f2d9a4a7f795' },
    api_slug: 'people',
    singular_noun: 'Person',
    plural_noun: 'People',
    created_at: '2022-11-21T13:22:49.061281000Z',
    ...members,
  }
}

export function wireAttribute(members: object = {}) {
  const { id, created_at } = wireObject()
  return {
    id: { ...id, attribute_id: '41252299-f8c7-4b5e-99c9-4ff8321d2f96' },
    title: 'Name',
    description: null,
    api_slug: 'name',
    type: 'personal-name',
    is_system_attribute: true,
    is_writable: true,
    is_required: false,
    is_unique: false,
    is_multiselect: false,
    is_default_value_enabled: false,
    is_archived: false,
    default_value: null,
    relationship: null,
    created_at,
    config: { currency: {}, record_reference: {} },
    ...members,
  }
}

export function wireValue(attribute_type: string, members: object) {
  return {
    active_from: '2023-04-03T15:21:06.447000000Z',
    active_until: null,
    created_by_actor: { type: 'workspace-member', id: '50cf242c-7fa3-4cad-87d0-75b1af71c57b' },
    attribute_type,
    ...members,
  }
}

export function wireRecord(values: object = {}, recordId = 'bf071e1f-6035-429d-b874-d83ea64ea13b') {
  return {
    id: { ...wireObject().id, record_id: recordId },
    created_at: '2022-11-21T13:22:49.061281000Z',
    web_url: `https://app.attio.com/acme/person/${recordId}`,
    values,
  }
}

export function wireWebhook(members: object = {}, id = webhookId) {
  return {
    id: { workspace_id, webhook_id: id },
    target_url: 'https://example.com/webhooks/attio',
    status: 'active',
    subscriptions: [{ event_type: 'task.created', filter: null }],
    created_at: '2026-05-15T20:39:12.453000000Z',
    ...members,
  }
}

export function wireNote(members: object = {}, id = noteId) {
  return {
    id: { workspace_id, note_id: id },
    parent_object: 'companies',
    parent_record_id: 'bf071e1f-6035-429d-b874-d83ea64ea13b',
    title: 'Call with Grace',
    meeting_id: null,
    content_plaintext: 'She asks for a quote.',
    content_markdown: 'She asks for a **quote**.',
    tags: [],
    created_by_actor: { type: 'app', id: 'a0b1c2d3-0000-4000-8000-000000000002' },
    created_at: '2026-05-15T20:39:12.453000000Z',
    ...members,
  }
}

/** Builds an error answer. */
export function refusal(
  status: number,
  {
    headers = {},
    ...members
  }: { headers?: Record<string, string>; [member: string]: unknown } = {},
) {
  const body = {
    status_code: status,
    type: status === 429 ? 'rate_limit_error' : 'invalid_request_error',
    code: status === 429 ? 'rate_limit_exceeded' : 'not_found',
    message: 'Attio says no.',
    ...members,
  }
  return Response.json(body, { status, headers })
}

export const data = (value: unknown) => Response.json({ data: value })
