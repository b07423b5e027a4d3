// A meeting with a call recording and its transcript, and an all-day one.
import { fixedUuid } from '../ids.ts'
import type { Actor } from '../world/entities.ts'
import type { CallRecording, Meeting } from '../world/meetings.ts'
import type { SeedWorkspace } from './grow-workspace.ts'
import { found } from './schema/sketches.ts'
import { families, standard } from './standard.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

const ada: Actor = { type: 'workspace-member', id: standard.members.adaAtAcme }

export function acmeMeetings(schema: SeedWorkspace, at: number) {
  const { workspaceId, place, grown } = schema
  const noon = Math.floor(at / dayMs) * dayMs - 7 * dayMs + 12 * hourMs
  const people = schema.objectId('people')
  const grace = found(grown.records, (record) => record.objectId === people)
  const meeting = (number: number, rest: Pick<Meeting, Varying>): Meeting => ({
    id: fixedUuid(families.meeting, place, number),
    workspaceId,
    description: '',
    linkedRecords: [{ objectId: people, recordId: grace.id }],
    externalRef: `text seed-${number}`,
    createdByActor: ada,
    createdAt: noon - 2 * dayMs,
    ...rest,
  })
  const call = meeting(1, {
    title: 'Compiler line with Initech',
    isAllDay: false,
    start: { at: noon, timezone: 'Europe/London' },
    end: { at: noon + hourMs, timezone: 'Europe/London' },
    participants: [
      participant(standard.people.ada.emailAddress, true),
      participant('grace@initech.example', false),
    ],
  })
  const visit = meeting(2, {
    title: 'Site visit',
    isAllDay: true,
    start: { date: dateOf(noon + 10 * dayMs) },
    end: { date: dateOf(noon + 11 * dayMs) },
    participants: [participant(standard.people.ben.emailAddress, true)],
  })
  return { meetings: [call, visit], callRecordings: [recordingOf(call, place, noon)] }
}

type Varying = 'title' | 'isAllDay' | 'start' | 'end' | 'participants'

function recordingOf(meeting: Meeting, place: number, startedAt: number): CallRecording {
  return {
    id: fixedUuid(families.callRecording, place, 1),
    workspaceId: meeting.workspaceId,
    meetingId: meeting.id,
    videoUrl: 'https://videos.example/compiler-line.mp4',
    completedAt: startedAt + hourMs,
    transcript: [
      { speech: 'Shall we begin?', startTime: 0, endTime: 2.5, speaker: 'Ada Byron' },
      {
        speech: 'Yes. We need the compiler line by spring.',
        startTime: 3,
        endTime: 7.25,
        speaker: 'Grace Hopper',
      },
    ],
    createdByActor: ada,
    createdAt: startedAt + hourMs,
  }
}

function participant(emailAddress: string, isOrganizer: boolean): Meeting['participants'][number] {
  return { emailAddress, isOrganizer, status: 'accepted' }
}

function dateOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}
