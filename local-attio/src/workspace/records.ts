// The records that a task can be linked to, with their names.
import type { Choice } from '../pages/fields.ts'
import { recordText } from '../values/display.ts'
import type { Workspace } from '../world/access.ts'
import type { World } from '../world/world.ts'

/** The longest list of choices that stays usable. */
const mostPerObject = 200

export function recordChoices(world: World, workspace: Workspace): Choice[] {
  return world.objectsOf(workspace.id).flatMap((object) =>
    world
      .recordsOf(object.id)
      .slice(0, mostPerObject)
      .map(({ id }) => ({ value: id, label: recordName(world, id), group: object.pluralNoun })),
  )
}

export function recordName(world: World, recordId: string): string {
  const record = world.records.get(recordId)
  if (!record) return 'A record that is gone'
  return recordText(world, record) || 'A record without a name'
}
