// Replaces the whole value history of one attribute. Attio fires no webhooks for this.
import type { AttioRecord, Attribute, Entry, Value } from '../world/records.ts'
import type { World } from '../world/world.ts'

export function replaceRecordHistory(
  world: World,
  record: AttioRecord,
  attribute: Attribute,
  history: Value[],
): void {
  const values = { ...record.values, [attribute.id]: history }
  world.transact(() => world.records.put({ ...record, values }))
}

export function replaceEntryHistory(
  world: World,
  entry: Entry,
  attribute: Attribute,
  history: Value[],
): void {
  const values = { ...entry.values, [attribute.id]: history }
  world.transact(() => world.entries.put({ ...entry, values }))
}
