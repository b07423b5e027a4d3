// One strict schema for the successful answer of each operation, and one for every error.
import { z } from 'zod'
import type { OperationName } from '../operations/operations.ts'
import { callRecording, meeting, scimSchemas, transcript } from './meetings.ts'
import { cursorPageOf, many, nothing, one, uuid } from './shared.ts'
import {
  attribute,
  comment,
  entry,
  foundRecord,
  identity,
  list,
  note,
  object,
  record,
  recordEntry,
  task,
  thread,
  webhook,
  workspaceMember,
} from './things.ts'
import { attributeValue, option, status } from './values.ts'

export const answers: Readonly<Record<OperationName, z.ZodType>> = {
  'self.identify': identity,
  'tasks.list': many(task),
  'tasks.create': one(task),
  'tasks.get': one(task),
  'tasks.update': one(task),
  'tasks.delete': nothing,
  'workspace-members.list': many(workspaceMember),
  'workspace-members.get': one(workspaceMember),
  'objects.list': many(object),
  'objects.create': one(object),
  'objects.get': one(object),
  'objects.update': one(object),
  'attributes.list': many(attribute),
  'attributes.create': one(attribute),
  'attributes.get': one(attribute),
  'attributes.update': one(attribute),
  'options.list': many(option),
  'options.create': one(option),
  'options.update': one(option),
  'statuses.list': many(status),
  'statuses.create': one(status),
  'statuses.update': one(status),
  'records.query': many(record),
  'records.create': one(record),
  'records.assert': one(record),
  'records.get': one(record),
  'records.update': one(record),
  'records.overwrite': one(record),
  'records.delete': nothing,
  'records.values': many(attributeValue),
  'records.write-values': many(attributeValue),
  'records.merge': one(z.strictObject({ new_record_id: uuid })),
  'records.entries': many(recordEntry),
  'records.search': many(foundRecord),
  'lists.list': many(list),
  'lists.create': one(list),
  'lists.get': one(list),
  'lists.update': one(list),
  'entries.query': many(entry),
  'entries.create': one(entry),
  'entries.assert': one(entry),
  'entries.get': one(entry),
  'entries.update': one(entry),
  'entries.overwrite': one(entry),
  'entries.delete': nothing,
  'entries.values': many(attributeValue),
  'entries.write-values': many(attributeValue),
  'notes.list': many(note),
  'notes.create': one(note),
  'notes.get': one(note),
  'notes.update': one(note),
  'notes.delete': nothing,
  'threads.list': many(thread),
  'threads.get': one(thread),
  'comments.create': one(comment),
  'comments.get': one(comment),
  'comments.delete': nothing,
  'webhooks.list': many(webhook),
  'webhooks.create': one(webhook.extend({ secret: z.string().regex(/^[0-9a-f]{64}$/) })),
  'webhooks.get': one(webhook),
  'webhooks.update': one(webhook),
  'webhooks.delete': nothing,
  'meetings.list': cursorPageOf(meeting),
  'meetings.create': one(meeting),
  'meetings.get': one(meeting),
  'call-recordings.list': cursorPageOf(callRecording),
  'call-recordings.create': one(callRecording),
  'call-recordings.get': one(callRecording),
  'call-recordings.delete': nothing,
  'transcripts.get': transcript,
  'scim-schemas.list': scimSchemas,
}

export const errorAnswer = z.strictObject({
  status_code: z.union([
    z.literal(400),
    z.literal(401),
    z.literal(403),
    z.literal(404),
    z.literal(409),
    z.literal(429),
  ]),
  type: z.enum(['invalid_request_error', 'auth_error', 'rate_limit_error']),
  code: z.enum([
    'validation_type',
    'value_not_found',
    'missing_value',
    'filter_error',
    'immutable_value',
    'multiple_match_results',
    'system_edit_unauthorized',
    'self_merge',
    'unauthorized',
    'not_found',
    'slug_conflict',
    'uniqueness_conflict',
    'rate_limit_exceeded',
  ]),
  message: z.string().min(1),
  validation_errors: z
    .array(
      z.strictObject({
        code: z.enum(['invalid_type', 'invalid_option', 'invalid']),
        path: z.array(z.union([z.string(), z.number()])),
        message: z.string(),
        expected: z.string().optional(),
        received: z.string().optional(),
        options: z.array(z.string()).optional(),
      }),
    )
    .optional(),
})

/** Throws when an answer of the API does not fit the schema of its operation. */
export function checkAnswer(name: OperationName | undefined, status: number, body: unknown): void {
  if (status >= 300) {
    const { status_code: inBody } = errorAnswer.parse(body)
    if (inBody !== status) throw new Error(`The body says ${inBody}, the answer ${status}.`)
  } else if (name) answers[name].parse(body)
}
