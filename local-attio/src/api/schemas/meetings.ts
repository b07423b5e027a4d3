// Meetings, call recordings and transcripts in answers, and the list of SCIM schemas.
import { z } from 'zod'
import { actor, pagination, timestamp, uuid } from './shared.ts'

const time = z.union([
  z.strictObject({ datetime: timestamp, timezone: z.string().nullable() }),
  z.strictObject({ date: z.iso.date() }),
])

export const meeting = z.strictObject({
  id: z.strictObject({ workspace_id: uuid, meeting_id: uuid }),
  title: z.string(),
  description: z.string(),
  is_all_day: z.boolean(),
  start: time,
  end: time,
  participants: z.array(
    z.strictObject({
      status: z.enum(['accepted', 'tentative', 'declined', 'pending']),
      is_organizer: z.boolean(),
      email_address: z.string().nullable(),
    }),
  ),
  linked_records: z.array(
    z.strictObject({ object_slug: z.string(), object_id: uuid, record_id: uuid }),
  ),
  created_at: timestamp,
  created_by_actor: actor,
})

const recordingId = z.strictObject({
  workspace_id: uuid,
  meeting_id: uuid,
  call_recording_id: uuid,
})

export const callRecording = z.strictObject({
  id: recordingId,
  status: z.enum(['processing', 'completed', 'failed']),
  web_url: z.url(),
  created_by_actor: actor,
  created_at: timestamp,
})

export const transcript = z.strictObject({
  data: z.strictObject({
    id: recordingId,
    transcript: z.array(
      z.strictObject({
        speech: z.string(),
        start_time: z.number(),
        end_time: z.number(),
        speaker: z.strictObject({ name: z.string() }),
      }),
    ),
    raw_transcript: z.string(),
    web_url: z.url(),
  }),
  pagination,
})

export const scimSchemas = z.strictObject({
  schemas: z.array(z.string()),
  totalResults: z.number(),
  startIndex: z.number(),
  itemsPerPage: z.number(),
  Resources: z.array(z.looseObject({ id: z.string(), name: z.string() })),
})
