// Attributes that Attio keeps itself: nobody stores their values, every record and entry has them.
import { timestamp } from '../timestamps.ts'
import type { AttioRecord, Attribute, Entry, Values } from '../world/entities.ts'
import type { World } from '../world/world.ts'

/** What has values of its own. */
export type Holder = AttioRecord | Entry

/** Everything a holder can be asked for, stored or not. */
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

/** The object or list that a holder belongs to. */
export function parentIdOf(holder: Holder): string {
  return 'listId' in holder ? holder.listId : holder.objectId
}
