// Attribute values in answers, one shape for each type.
import { z } from 'zod'
import { actor, timestamp, uuid } from './shared.ts'

export const option = z.strictObject({
  id: z.strictObject({
    workspace_id: uuid,
    object_id: uuid,
    attribute_id: uuid,
    option_id: uuid,
  }),
  title: z.string(),
  is_archived: z.boolean(),
})

export const status = z.strictObject({
  id: z.strictObject({
    workspace_id: uuid,
    object_id: uuid,
    attribute_id: uuid,
    status_id: uuid,
  }),
  title: z.string(),
  is_archived: z.boolean(),
  celebration_enabled: z.boolean(),
  target_time_in_status: z.string().nullable(),
})

function value<Type extends string, Members extends z.ZodRawShape>(type: Type, members: Members) {
  return z.strictObject({
    active_from: timestamp,
    active_until: timestamp.nullable(),
    created_by_actor: actor,
    attribute_type: z.literal(type),
    ...members,
  })
}

const line = z.string().nullable()

export const attributeValue = z.discriminatedUnion('attribute_type', [
  value('text', { value: z.string() }),
  value('number', { value: z.number() }),
  value('checkbox', { value: z.boolean() }),
  value('rating', { value: z.number().int().min(0).max(5) }),
  value('date', { value: z.iso.date() }),
  value('timestamp', { value: timestamp }),
  value('currency', { currency_value: z.number(), currency_code: z.string().nullable() }),
  value('select', { option }),
  value('status', { status }),
  value('record-reference', { target_object: z.string(), target_record_id: uuid }),
  value('actor-reference', {
    referenced_actor_type: actor.shape.type,
    referenced_actor_id: uuid.nullable(),
  }),
  value('domain', { domain: z.string(), root_domain: z.string() }),
  value('email-address', {
    original_email_address: z.string(),
    email_address: z.string(),
    email_domain: z.string(),
    email_root_domain: z.string(),
    email_local_specifier: z.string(),
  }),
  value('phone-number', {
    original_phone_number: z.string(),
    country_code: z.string().length(2),
    phone_number: z.string().regex(/^\+\d+$/),
  }),
  value('personal-name', {
    first_name: z.string(),
    last_name: z.string(),
    full_name: z.string(),
  }),
  value('location', {
    line_1: line,
    line_2: line,
    line_3: line,
    line_4: line,
    locality: line,
    region: line,
    postcode: line,
    country_code: line,
    latitude: line,
    longitude: line,
  }),
  value('interaction', {
    interaction_type: z.string(),
    interacted_at: z.string(),
    owner_actor: actor,
  }),
])

export const values = z.record(z.string(), z.array(attributeValue))
