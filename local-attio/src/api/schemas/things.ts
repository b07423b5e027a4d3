// The resources in Attio's answers.
import { z } from 'zod'
import { attributeType } from '../../world/records.ts'
import { subscribableEventTypes } from '../../webhooks/event-types.ts'
import { actor, timestamp, uuid } from './shared.ts'
import { attributeValue, values } from './values.ts'

export const task = z.strictObject({
  id: z.strictObject({ workspace_id: uuid, task_id: uuid }),
  content_plaintext: z.string(),
  is_completed: z.boolean(),
  /** Seen since spring 2026; older documents lack it. */
  completed_at: timestamp.nullable(),
  deadline_at: timestamp.nullable(),
  linked_records: z.array(z.strictObject({ target_object_id: z.string(), target_record_id: uuid })),
  assignees: z.array(
    z.strictObject({
      referenced_actor_type: z.literal('workspace-member'),
      referenced_actor_id: uuid,
    }),
  ),
  created_by_actor: actor,
  created_at: timestamp,
})

export const workspaceMember = z.strictObject({
  id: z.strictObject({ workspace_id: uuid, workspace_member_id: uuid }),
  first_name: z.string(),
  last_name: z.string(),
  avatar_url: z.string().nullable(),
  email_address: z.email(),
  access_level: z.enum(['admin', 'member', 'suspended']),
  created_at: timestamp,
})

export const object = z.strictObject({
  id: z.strictObject({ workspace_id: uuid, object_id: uuid }),
  api_slug: z.string(),
  singular_noun: z.string(),
  plural_noun: z.string(),
  created_at: timestamp,
})

const attributeId = z.strictObject({ workspace_id: uuid, object_id: uuid, attribute_id: uuid })

export const attribute = z.strictObject({
  id: attributeId,
  title: z.string(),
  description: z.string().nullable(),
  api_slug: z.string(),
  type: attributeType,
  is_system_attribute: z.boolean(),
  is_writable: z.boolean(),
  is_required: z.boolean(),
  is_unique: z.boolean(),
  is_multiselect: z.boolean(),
  is_default_value_enabled: z.boolean(),
  is_archived: z.boolean(),
  default_value: z
    .discriminatedUnion('type', [
      z.strictObject({ type: z.literal('dynamic'), template: z.string() }),
      z.strictObject({ type: z.literal('static'), template: z.array(attributeValue) }),
    ])
    .nullable(),
  relationship: z
    .strictObject({
      id: attributeId,
      object_slug: z.string(),
      title: z.string(),
      api_slug: z.string(),
      is_multiselect: z.boolean(),
    })
    .nullable(),
  created_at: timestamp,
  config: z.strictObject({
    currency: z.strictObject({
      default_currency_code: z.string().nullable(),
      display_type: z.string().nullable(),
    }),
    record_reference: z.strictObject({ allowed_object_ids: z.array(uuid).nullable() }),
  }),
})

const recordId = z.strictObject({ workspace_id: uuid, object_id: uuid, record_id: uuid })

export const record = z.strictObject({
  id: recordId,
  created_at: timestamp,
  web_url: z.url(),
  values,
})

const found = { id: recordId, record_text: z.string(), record_image: z.string().nullable() }

export const foundRecord = z.union([
  z.strictObject({
    ...found,
    object_slug: z.literal('people'),
    email_addresses: z.array(z.string()),
    phone_numbers: z.array(z.string()),
  }),
  z.strictObject({
    ...found,
    object_slug: z.literal('companies'),
    domains: z.array(z.string()),
  }),
  z.strictObject({
    ...found,
    object_slug: z.string().refine((slug) => slug !== 'people' && slug !== 'companies'),
  }),
])

export const recordEntry = z.strictObject({
  list_id: uuid,
  list_api_slug: z.string(),
  entry_id: uuid,
  created_at: timestamp,
})

const level = z.enum(['full-access', 'read-and-write', 'read-only'])

export const list = z.strictObject({
  id: z.strictObject({ workspace_id: uuid, list_id: uuid }),
  api_slug: z.string(),
  created_at: timestamp,
  name: z.string(),
  workspace_access: level.nullable(),
  workspace_member_access: z.array(z.strictObject({ workspace_member_id: uuid, level })),
  parent_object: z.array(z.string()).length(1),
  created_by_actor: actor,
})

export const entry = z.strictObject({
  id: z.strictObject({ workspace_id: uuid, list_id: uuid, entry_id: uuid }),
  parent_record_id: uuid,
  parent_object: z.string(),
  created_at: timestamp,
  entry_values: values,
})

export const note = z.strictObject({
  id: z.strictObject({ workspace_id: uuid, note_id: uuid }),
  parent_object: z.string(),
  parent_record_id: uuid,
  title: z.string(),
  meeting_id: uuid.nullable(),
  content_plaintext: z.string(),
  content_markdown: z.string(),
  tags: z.array(z.never()),
  created_by_actor: actor,
  created_at: timestamp,
})

export const comment = z.strictObject({
  id: z.strictObject({ workspace_id: uuid, comment_id: uuid }),
  thread_id: uuid,
  content_plaintext: z.string(),
  entry: z.strictObject({ entry_id: uuid, list_id: uuid }).nullable(),
  record: z.strictObject({ record_id: uuid, object_id: uuid }),
  resolved_at: timestamp.nullable(),
  /** Seen: null, although the document says object. */
  resolved_by: z.union([actor, z.strictObject({})]).nullable(),
  created_at: timestamp,
  author: actor,
})

export const thread = z.strictObject({
  id: z.strictObject({ workspace_id: uuid, thread_id: uuid }),
  comments: z.array(comment).min(1),
  created_at: timestamp,
})

const condition = z.strictObject({
  field: z.string(),
  operator: z.enum(['equals', 'not_equals']),
  value: z.string(),
})

export const webhook = z.strictObject({
  id: z.strictObject({ workspace_id: uuid, webhook_id: uuid }),
  target_url: z.url(),
  status: z.enum(['active', 'degraded', 'inactive']),
  subscriptions: z.array(
    z.strictObject({
      event_type: z.enum(subscribableEventTypes),
      filter: z
        .union([
          z.strictObject({ $or: z.array(condition) }),
          z.strictObject({ $and: z.array(condition) }),
        ])
        .nullable(),
    }),
  ),
  created_at: timestamp,
})

export const identity = z.union([
  z.strictObject({ active: z.literal(false) }),
  z.strictObject({
    active: z.literal(true),
    scope: z.string(),
    client_id: uuid,
    token_type: z.literal('Bearer'),
    exp: z.null(),
    iat: z.number().int(),
    sub: uuid,
    aud: uuid,
    iss: z.literal('attio.com'),
    token_level: z.enum(['workspace', 'user']),
    authorized_by_workspace_member_id: uuid,
    workspace_id: uuid,
    workspace_name: z.string(),
    workspace_slug: z.string(),
    workspace_logo_url: z.string().nullable(),
  }),
])
