// Attributes that Attio itself keeps. Their values are derived from each record and entry.
import { timestamp } from '../timestamps.ts'
import type { AttioRecord, Attribute, Entry, Values } from '../world/records.ts'
import type { World } from '../world/world.ts'

/** A document with values. */
export type Holder = AttioRecord | Entry

/** Returns all values of a record or entry, stored and derived. */
export function allValues(world: World, attributes: readonly Attribute[], holder: Holder): Values {
  const contents = systemContents(world, holder)
  const values: Values = { ...holder.values }
  for (const attribute of attributes) {
    const content = attribute.isSystem ? contents[attribute.slug] : undefined
    if (!content) continue
    const { createdAt: activeFrom, createdByActor } = holder
    values[attribute.id] = [{ activeFrom, activeUntil: null, createdByActor, content }]
  }
  return values
}

type Contents = Readonly<Record<string, Record<string, string | null>>>

function systemContents(world: World, holder: Holder): Contents {
  return {
    ...('listId' in holder ? entryContents(world, holder) : { record_id: { value: holder.id } }),
    created_at: { value: timestamp(holder.createdAt) },
    created_by: {
      referenced_actor_type: holder.createdByActor.type,
      referenced_actor_id: holder.createdByActor.id,
    },
  }
}

function entryContents(world: World, entry: Entry): Contents {
  return {
    entry_id: { value: entry.id },
    parent_record: {
      target_object_id: world.lists.get(entry.listId)?.parentObjectId ?? '',
      target_record_id: entry.parentRecordId,
    },
  }
}

/** Returns the id of the object or list that a record or entry belongs to. */
export function parentIdOf(holder: Holder): string {
  return 'listId' in holder ? holder.listId : holder.objectId
}
