// Meetings: list, find or create, get.
import { findOrCreateMeeting } from '../../edits/meetings.ts'
import type { LinkedRecord } from '../../world/entities.ts'
import type { Meeting } from '../../world/meetings.ts'
import type { World } from '../../world/world.ts'
import { timestamp } from '../../timestamps.ts'
import { findObjectOr404 } from '../objects/objects.ts'
import type { Call, Handler } from '../requests/call.ts'
import { notFound, refuse } from '../requests/errors.ts'
import { readBody, readUuid } from '../requests/validation.ts'
import { newMeeting, refText } from './body.ts'

export const getMeeting: Handler = (call) => ({
  data: renderMeeting(call.world, meetingOfPath(call)),
})

export const postMeeting: Handler = (call) => {
  const { data } = readBody(call, newMeeting)
  for (const time of [data.start, data.end]) {
    // The rule is documented; the wording is assumed.
    if ('date' in time === data.is_all_day) continue
    throw refuse('validation_type', 'All-day meetings start and end on dates, others at datetimes.')
  }
  if (endsBeforeStart(data)) {
    throw refuse('validation_type', 'A meeting cannot end before it starts.') // assumed
  }
  const meeting = findOrCreateMeeting(call, {
    title: data.title,
    description: data.description,
    isAllDay: data.is_all_day,
    start: data.start,
    end: data.end,
    participants: data.participants,
    linkedRecords: data.linked_records.map((link) => linkedRecord(call, link)),
    externalRef: refText(data.external_ref),
  })
  return { data: renderMeeting(call.world, meeting) }
}

function endsBeforeStart({ start, end }: Pick<Meeting, 'start' | 'end'>): boolean {
  if ('date' in start && 'date' in end) return end.date < start.date
  if (!('at' in start && 'at' in end)) return false
  return (
    end.at < start.at || (end.at === start.at && (end.nanoseconds ?? 0) < (start.nanoseconds ?? 0))
  )
}

function linkedRecord(
  call: Call,
  link: { readonly object: string; readonly record_id: string },
): LinkedRecord {
  const object = findObjectOr404(call.world, call.workspaceId, link.object)
  const record = call.world.records.get(link.record_id.toLowerCase())
  if (record?.objectId === object.id) return { objectId: object.id, recordId: record.id }
  throw refuse('validation_type', `Record with ID "${link.record_id}" not found.`) // assumed
}

export function meetingOfPath(call: Call): Meeting {
  const id = readUuid(call, 'meeting_id')
  const meeting = call.world.meetings.get(id)
  if (meeting?.workspaceId === call.workspaceId) return meeting
  throw notFound(`Meeting with ID "${id}" was not found.`) // assumed
}

export function renderMeeting(world: World, meeting: Meeting) {
  return {
    id: { workspace_id: meeting.workspaceId, meeting_id: meeting.id },
    title: meeting.title,
    description: meeting.description,
    is_all_day: meeting.isAllDay,
    start: renderTime(meeting.start),
    end: renderTime(meeting.end),
    participants: meeting.participants.map((participant) => ({
      status: participant.status,
      is_organizer: participant.isOrganizer,
      email_address: participant.emailAddress,
    })),
    linked_records: meeting.linkedRecords.map(({ objectId, recordId }) => ({
      object_slug: world.objects.get(objectId)?.slug ?? '',
      object_id: objectId,
      record_id: recordId,
    })),
    created_at: timestamp(meeting.createdAt),
    created_by_actor: meeting.createdByActor,
  }
}

function renderTime(time: Meeting['start']) {
  if ('date' in time) return time
  return { datetime: timestamp(time.at, time.nanoseconds), timezone: time.timezone }
}
