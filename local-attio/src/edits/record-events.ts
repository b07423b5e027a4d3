// The events of records: an update fires one event per changed attribute.
import type { AttioRecord } from '../world/records.ts'
import type { EventType } from '../world/events.ts'
import type { Author } from './author.ts'

export function announceRecord(
  { world, actor }: Author,
  type: EventType,
  record: AttioRecord,
): void {
  world.emit({ event_type: type, id: idOf(record), actor })
}

export function announceUpdates(
  { world, actor }: Author,
  record: AttioRecord,
  attributeIds: readonly string[],
): void {
  for (const attributeId of attributeIds) {
    const id = { ...idOf(record), attribute_id: attributeId }
    world.emit({ event_type: 'record.updated', id, actor })
  }
}

function idOf(record: AttioRecord) {
  return { workspace_id: record.workspaceId, object_id: record.objectId, record_id: record.id }
}
