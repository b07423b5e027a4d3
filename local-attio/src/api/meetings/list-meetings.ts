// GET /v2/meetings with its filters, ordered by start.
import { z } from 'zod'
import { compareInstants, type Instant } from '../../timestamps.ts'
import type { Meeting, MeetingTime } from '../../world/meetings.ts'
import { findObjectOr404 } from '../objects/objects.ts'
import type { Call, Handler } from '../requests/call.ts'
import { cursorPage, cursorQuery } from '../requests/cursor.ts'
import { refuse } from '../requests/errors.ts'
import { instant } from '../requests/instant.ts'
import { readQuery } from '../requests/validation.ts'
import { localInstant } from './local-instant.ts'
import { renderMeeting } from './meetings.ts'

const query = z.object({
  ...cursorQuery,
  linked_object: z.string().min(1).optional(),
  linked_record_id: z.guid('Invalid uuid').optional(),
  participants: z.string().default(''),
  sort: z.enum(['start_asc', 'start_desc']).default('start_asc'),
  ends_from: instant.optional(),
  starts_before: instant.optional(),
  timezone: z.string().default('UTC'),
})

type Query = z.infer<typeof query>

export const listMeetings: Handler = (call) => {
  const wanted = readQuery(call, query)
  const { timezone } = wanted
  const sign = wanted.sort === 'start_asc' ? 1 : -1
  const linked = byLinkedRecord(call, wanted)
  const meetings = call.world
    .meetingsOf(call.workspaceId)
    .filter((meeting) => isWithin(meeting, wanted) && linked(meeting) && hasOneOf(meeting, wanted))
    .toSorted(
      (a, b) => sign * compareInstants(instantOf(a.start, timezone), instantOf(b.start, timezone)),
    )
  const { items, pagination } = cursorPage(meetings, wanted)
  return { data: items.map((meeting) => renderMeeting(call.world, meeting)), pagination }
}

/** True for meetings that end at or after `ends_from` (documented). */
function isWithin(meeting: Meeting, { ends_from, starts_before, timezone }: Query): boolean {
  return (
    (!ends_from || compareInstants(instantOf(meeting.end, timezone), ends_from) >= 0) &&
    (!starts_before || compareInstants(instantOf(meeting.start, timezone), starts_before) < 0)
  )
}

function hasOneOf({ participants }: Meeting, wanted: Query): boolean {
  const addresses = wanted.participants.toLowerCase().split(',').filter(Boolean)
  return (
    addresses.length === 0 ||
    participants.some((one) => addresses.includes(one.emailAddress?.toLowerCase() ?? ''))
  )
}

function byLinkedRecord(call: Call, wanted: Query): (meeting: Meeting) => boolean {
  const { linked_object: slugOrId, linked_record_id: recordId } = wanted
  if (slugOrId === undefined && recordId === undefined) return () => true
  if (slugOrId === undefined || recordId === undefined) {
    throw refuse('validation_type', 'linked_object and linked_record_id belong together.') // assumed
  }
  const object = findObjectOr404(call.world, call.workspaceId, slugOrId)
  const id = recordId.toLowerCase()
  return ({ linkedRecords }) =>
    linkedRecords.some((link) => link.objectId === object.id && link.recordId === id)
}

function instantOf(time: MeetingTime, timezone: string): Instant {
  if ('at' in time) return { ms: time.at, nanoseconds: time.nanoseconds ?? 0 }
  return localInstant(time.date, timezone) ?? { ms: 0, nanoseconds: 0 }
}
