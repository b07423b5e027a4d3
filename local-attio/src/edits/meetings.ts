// Edits of meetings and call recordings.
import type { CallRecording, Meeting, Segment } from '../world/meetings.ts'
import type { Author } from './author.ts'

/** Returns the meeting with the same external reference, or creates one. */
export function findOrCreateMeeting(
  author: Author,
  fresh: Omit<Meeting, 'id' | 'workspaceId' | 'createdByActor' | 'createdAt'>,
): Meeting {
  const { world, ids, now, workspaceId, actor } = author
  const existing = world
    .meetingsOf(workspaceId)
    .find((meeting) => meeting.externalRef === fresh.externalRef)
  if (existing) return existing
  return world.transact(() =>
    world.meetings.put({
      id: ids.uuid(),
      workspaceId,
      ...fresh,
      createdByActor: actor,
      createdAt: now,
    }),
  )
}

/** assumed: a video is processed a minute after its recording was created. */
const processingMs = 60_000

export type NewCallRecording = {
  readonly videoUrl: string | null
  readonly transcript: readonly Segment[]
}

export function createCallRecording(
  author: Author,
  { id: meetingId }: Meeting,
  { videoUrl, transcript }: NewCallRecording,
): CallRecording {
  const { world, ids, now, workspaceId, actor } = author
  return world.transact(() => {
    const recording = world.callRecordings.put({
      id: ids.uuid(),
      workspaceId,
      meetingId,
      videoUrl,
      completedAt: videoUrl === null ? now : now + processingMs,
      transcript: [...transcript],
      createdByActor: actor,
      createdAt: now,
    })
    world.emit({
      event_type: 'call-recording.created',
      id: { workspace_id: workspaceId, meeting_id: meetingId, call_recording_id: recording.id },
      actor,
    })
    return recording
  })
}

/** Deletes a call recording with its transcript. */
export function deleteCallRecording({ world }: Author, { id }: CallRecording): void {
  world.transact(() => world.callRecordings.remove(id))
}
