// The request body that finds or creates a meeting.
import { z } from 'zod'
import { parseInstant } from '../../timestamps.ts'
import type { MeetingTime } from '../../world/meetings.ts'
import { localInstant } from './local-instant.ts'

const moment = z
  .strictObject({ datetime: z.string(), timezone: z.string().nullable().default(null) })
  .transform(({ datetime, timezone }, context): MeetingTime => {
    const instant = localInstant(datetime, timezone)
    if (instant) {
      const { ms: at, nanoseconds } = instant
      return { at, ...(nanoseconds > 0 && { nanoseconds }), timezone }
    }
    context.addIssue({ code: 'custom', message: 'Invalid ISO 8601 date', path: ['datetime'] })
    return z.NEVER
  })

const day = z.strictObject({
  date: z
    .string()
    .refine(
      (date) => /^\d{4}-\d{2}-\d{2}$/.test(date) && parseInstant(date) !== undefined,
      'Invalid ISO 8601 date',
    ),
})

const participant = z
  .object({
    email_address: z.email('Invalid email'),
    is_organizer: z.union([
      z.boolean(),
      z.enum(['true', 'false']).transform((word) => word === 'true'),
    ]),
    status: z.enum(['accepted', 'tentative', 'declined', 'pending']),
  })
  .transform((one) => ({
    emailAddress: one.email_address,
    isOrganizer: one.is_organizer,
    status: one.status,
  }))

const externalRef = z.union([
  z.string().min(1),
  z.object({
    ical_uid: z.string(),
    provider: z.enum(['google', 'microsoft']),
    original_start_time: z.string().optional(),
    is_recurring: z.boolean(),
  }),
])

export const newMeeting = z.object({
  data: z.object({
    title: z.string(),
    description: z.string(),
    start: z.union([moment, day]),
    end: z.union([moment, day]),
    is_all_day: z.boolean(),
    participants: z.array(participant),
    linked_records: z
      .array(z.object({ object: z.string(), record_id: z.guid('Invalid uuid') }))
      .default([]),
    external_ref: externalRef,
  }),
})

/** Returns a unique key per meeting: exceptions of a recurring event are separate meetings. */
export function refText(ref: z.infer<typeof externalRef>): string {
  if (typeof ref === 'string') return `text ${ref}`
  return `ical ${ref.provider} ${ref.ical_uid} ${ref.original_start_time ?? ''}`.trimEnd()
}
