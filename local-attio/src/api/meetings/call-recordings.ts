// Call recordings of a meeting: list, create, get, delete, and their transcripts.
import { z } from 'zod'
import { createCallRecording, deleteCallRecording } from '../../edits/meetings.ts'
import { timestamp } from '../../timestamps.ts'
import type { CallRecording, Segment } from '../../world/meetings.ts'
import type { Call, Handler } from '../requests/call.ts'
import { cursorPage, cursorQuery } from '../requests/cursor.ts'
import { notFound } from '../requests/errors.ts'
import { readBody, readQuery, readUuid } from '../requests/validation.ts'
import { meetingOfPath } from './meetings.ts'

const segment = z
  .object({
    speech: z.string(),
    start_time: z.number().min(0),
    end_time: z.number().min(0),
    // assumed: the name is required, and the address only finds the person.
    speaker: z.object({ name: z.string(), email_address: z.email('Invalid email').optional() }),
  })
  .transform(({ speech, start_time, end_time, speaker }): Segment => ({
    speech,
    startTime: start_time,
    endTime: end_time,
    speaker: speaker.name,
  }))

/** Both are optional (documented); assumed: one of them has to be there. */
const newRecording = z.object({
  data: z
    .object({
      video_url: z.url({ protocol: /^https$/, error: 'Invalid url' }).optional(),
      transcript: z.array(segment).optional(),
    })
    .refine(
      ({ video_url, transcript }) => video_url !== undefined || transcript !== undefined,
      'A video_url or a transcript must be provided',
    ),
})
const listQuery = z.object(cursorQuery)
const transcriptQuery = z.object({ cursor: cursorQuery.cursor })

/** assumed: the number of transcript segments on a page. */
const segmentsPerPage = 100

export const listCallRecordings: Handler = (call) => {
  const meeting = meetingOfPath(call)
  const recordings = call.world.callRecordingsOf(meeting.id)
  const { items, pagination } = cursorPage(recordings, readQuery(call, listQuery))
  return { data: items.map((recording) => renderRecording(call, recording)), pagination }
}

export const postCallRecording: Handler = (call) => {
  const meeting = meetingOfPath(call)
  const { data } = readBody(call, newRecording)
  const recording = createCallRecording(call, meeting, {
    videoUrl: data.video_url ?? null,
    transcript: data.transcript ?? [],
  })
  return { data: renderRecording(call, recording) }
}

export const getCallRecording: Handler = (call) => ({
  data: renderRecording(call, recordingOfPath(call)),
})

export const removeCallRecording: Handler = (call) => {
  deleteCallRecording(call, recordingOfPath(call))
  return {}
}

export const getTranscript: Handler = (call) => {
  const recording = recordingOfPath(call)
  const { cursor } = readQuery(call, transcriptQuery)
  const page = cursorPage(recording.transcript, { limit: segmentsPerPage, cursor })
  return {
    data: {
      id: idOf(recording),
      transcript: page.items.map((segment) => ({
        speech: segment.speech,
        start_time: segment.startTime,
        end_time: segment.endTime,
        speaker: { name: segment.speaker },
      })),
      raw_transcript: page.items.map((one) => `${one.speaker}: ${one.speech}`).join('\n'),
      web_url: webUrl(call, recording),
    },
    pagination: page.pagination,
  }
}

function recordingOfPath(call: Call): CallRecording {
  const meeting = meetingOfPath(call)
  const id = readUuid(call, 'call_recording_id')
  const recording = call.world.callRecordings.get(id)
  if (recording?.meetingId === meeting.id) return recording
  throw notFound(`Call recording with ID "${id}" was not found.`) // assumed
}

function renderRecording(call: Call, recording: CallRecording) {
  return {
    id: idOf(recording),
    status: call.now < recording.completedAt ? 'processing' : 'completed',
    web_url: webUrl(call, recording),
    created_by_actor: recording.createdByActor,
    created_at: timestamp(recording.createdAt),
  }
}

function idOf({ workspaceId, meetingId, id }: CallRecording) {
  return { workspace_id: workspaceId, meeting_id: meetingId, call_recording_id: id }
}

/** assumed: the form of the address. */
function webUrl({ world, origin }: Call, { workspaceId, meetingId, id }: CallRecording): string {
  const slug = world.workspaces.get(workspaceId)?.slug ?? ''
  return `${origin}/${slug}/calls/${meetingId}/${id}`
}
