// Meetings and their call recordings.
import { reads, writes, type Operation } from './operation.ts'

const meeting = '/v2/meetings/{meeting_id}'
const recordings = `${meeting}/call_recordings`
const recording = `${recordings}/{call_recording_id}`

const meetingReads = ['meeting:read', 'record_permission:read']
const recordingReads = ['meeting:read', 'call_recording:read']
const recordingWrites = ['meeting:read', 'call_recording:read-write']

export const meetingOperations = {
  'meetings.list': reads('GET', '/v2/meetings', {
    title: 'List meetings',
    scopes: meetingReads,
  }),
  'meetings.create': writes('POST', '/v2/meetings', {
    title: 'Find or create a meeting',
    scopes: ['meeting:read-write', 'record_permission:read'],
    differences: 'A meeting that exists stays as it is; no people or companies are created for it.',
  }),
  'meetings.get': reads('GET', meeting, { title: 'Get a meeting', scopes: meetingReads }),
  'call-recordings.list': reads('GET', recordings, {
    title: 'List call recordings',
    scopes: recordingReads,
  }),
  'call-recordings.create': writes('POST', recordings, {
    title: 'Create a call recording',
    scopes: recordingWrites,
    differences:
      'The video is not fetched: its recording completes after a minute, with the transcript of the request or none.',
  }),
  'call-recordings.get': reads('GET', recording, {
    title: 'Get a call recording',
    scopes: recordingReads,
  }),
  'call-recordings.delete': writes('DELETE', recording, {
    title: 'Delete a call recording',
    scopes: recordingWrites,
    status: 204,
  }),
  'transcripts.get': reads('GET', `${recording}/transcript`, {
    title: 'Get a call transcript',
    scopes: recordingReads,
    differences: 'One page has 100 segments; assumed.',
  }),
} as const satisfies Readonly<Record<string, Operation>>
