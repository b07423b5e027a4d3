// Attribute values as Attio sends them.
import { timestamp, timestampOrNull } from '../timestamps.ts'
import type { Attribute, Option, Value, Values } from '../world/records.ts'
import { idIn } from './contents.ts'
import type { World } from '../world/world.ts'

/** Returns the active values by slug, with empty arrays; archived attributes are left out. */
export function renderValues(
  world: World,
  attributes: readonly Attribute[],
  values: Values,
): Record<string, object[]> {
  const rendered: Record<string, object[]> = {}
  for (const attribute of attributes) {
    if (attribute.isArchived) continue
    rendered[attribute.slug] = activeValues(values, attribute.id).map((value) =>
      renderValue(world, attribute, value),
    )
  }
  return rendered
}

export function activeValues(values: Values, attributeId: string): Value[] {
  return (values[attributeId] ?? []).filter((value) => value.activeUntil === null)
}

export function renderValue(world: World, attribute: Attribute, value: Value): object {
  return {
    active_from: timestamp(value.activeFrom, value.activeFromNanoseconds),
    active_until: timestampOrNull(value.activeUntil, value.activeUntilNanoseconds),
    created_by_actor: value.createdByActor,
    ...renderContent(world, attribute, value.content),
    attribute_type: attribute.type,
  }
}

export function renderContent(
  world: World,
  attribute: Attribute,
  content: Value['content'],
): object {
  switch (attribute.type) {
    case 'select': {
      const option = world.options.get(idIn(content, 'option_id'))
      return { option: option && renderOption(world, option) }
    }
    case 'status': {
      const option = world.options.get(idIn(content, 'option_id'))
      return { status: option && renderStatus(world, option) }
    }
    case 'record-reference': {
      const object = world.objects.get(idIn(content, 'target_object_id'))
      return {
        target_object: object?.slug ?? content['target_object_id'],
        target_record_id: content['target_record_id'],
      }
    }
    default:
      return content
  }
}

/** Renders an option of a select attribute. */
export function renderOption(world: World, option: Option) {
  return {
    id: { ...idOfAttribute(world, option), option_id: option.id },
    title: option.title,
    is_archived: option.isArchived,
  }
}

/** Renders a status of a status attribute. */
export function renderStatus(world: World, option: Option) {
  return {
    id: { ...idOfAttribute(world, option), status_id: option.id },
    title: option.title,
    is_archived: option.isArchived,
    celebration_enabled: option.isCelebrated,
    target_time_in_status: option.targetTime,
  }
}

function idOfAttribute(world: World, option: Option) {
  const attribute = world.attributes.get(option.attributeId)
  return {
    workspace_id: option.workspaceId,
    // Attio's document calls it object_id for attributes of lists as well.
    object_id: attribute?.parentId ?? '',
    attribute_id: option.attributeId,
  }
}
