// Meetings and their call recordings, as the world stores them.
import { z } from 'zod'
import { actor, id, instant, linkedRecord, nanoseconds } from './entities.ts'

/** An instant with its time zone, or a day of an all-day meeting. */
const meetingTime = z.union([
  z.strictObject({ at: instant, nanoseconds, timezone: z.string().nullable() }),
  z.strictObject({ date: z.string() }),
])
export type MeetingTime = z.infer<typeof meetingTime>

export const meeting = z.strictObject({
  id,
  workspaceId: id,
  title: z.string(),
  description: z.string(),
  isAllDay: z.boolean(),
  start: meetingTime,
  /** Exclusive. */
  end: meetingTime,
  participants: z.array(
    z.strictObject({
      emailAddress: z.string().nullable(),
      isOrganizer: z.boolean(),
      status: z.enum(['accepted', 'tentative', 'declined', 'pending']),
    }),
  ),
  linkedRecords: z.array(linkedRecord),
  /** A repeated creation finds the meeting by this. */
  externalRef: z.string(),
  createdByActor: actor,
  createdAt: instant,
})
export type Meeting = z.infer<typeof meeting>

export const callRecording = z.strictObject({
  id,
  workspaceId: id,
  meetingId: id,
  /** Null for a recording that has a transcript only. */
  videoUrl: z.string().nullable(),
  /** When Attio finishes processing the video. */
  completedAt: instant,
  transcript: z.array(
    z.strictObject({
      speech: z.string(),
      startTime: z.number(),
      endTime: z.number(),
      speaker: z.string(),
    }),
  ),
  createdByActor: actor,
  createdAt: instant,
})
export type CallRecording = z.infer<typeof callRecording>
export type Segment = CallRecording['transcript'][number]
