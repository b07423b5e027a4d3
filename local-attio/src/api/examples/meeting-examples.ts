// Example calls of meetings and their call recordings.
import type { meetingOperations } from '../operations/meeting-operations.ts'
import type { ExampleWorld } from './example-world.ts'
import { data, type Example } from './example.ts'

export function meetingExamples(
  world: ExampleWorld,
): Readonly<Record<keyof typeof meetingOperations, Example>> {
  const meeting = `/v2/meetings/${world.meeting}`
  const recordings = `${meeting}/call_recordings`
  const recording = `${recordings}/${world.recording}`
  return {
    'meetings.list': { path: '/v2/meetings?limit=5&sort=start_desc' },
    'meetings.create': {
      path: '/v2/meetings',
      body: data({
        ...newMeeting,
        linked_records: [{ object: 'people', record_id: world.person }],
      }),
    },
    'meetings.get': { path: meeting },
    'call-recordings.list': { path: recordings },
    'call-recordings.create': {
      path: recordings,
      body: data({
        video_url: 'https://videos.example/call.mp4',
        transcript: [
          {
            speech: 'Good morning.',
            start_time: 0.5,
            end_time: 1.75,
            speaker: { name: 'Grace Hopper', email_address: 'grace@initech.example' },
          },
        ],
      }),
    },
    'call-recordings.get': { path: recording },
    'call-recordings.delete': { path: recording },
    'transcripts.get': { path: `${recording}/transcript` },
  }
}

const newMeeting = {
  title: 'Quote for welding arms',
  description: '',
  start: { datetime: '2026-06-01T14:00:00Z', timezone: 'Europe/London' },
  end: { datetime: '2026-06-01T16:00:00Z', timezone: 'Europe/London' },
  is_all_day: false,
  participants: [
    { email_address: 'grace@initech.example', is_organizer: true, status: 'accepted' },
  ],
  external_ref: { ical_uid: 'quote@initech.example', provider: 'google', is_recurring: false },
}
