// Renders an attribute as Attio sends it.
import { renderValue } from '../../values/render.ts'
import { timestamp } from '../../timestamps.ts'
import type { Attribute } from '../../world/records.ts'
import type { World } from '../../world/world.ts'
import type { Call } from '../requests/call.ts'

type RenderContext = Pick<Call, 'world' | 'shapes'>

export function renderAttribute({ world, shapes }: RenderContext, attribute: Attribute) {
  return {
    id: idOf(attribute),
    title: attribute.title,
    description: attribute.description,
    api_slug: attribute.slug,
    type: attribute.type,
    is_system_attribute: attribute.isSystem,
    is_writable: attribute.isWritable,
    is_required: attribute.isRequired,
    is_unique: attribute.isUnique,
    is_multiselect: attribute.isMultiselect,
    is_default_value_enabled: attribute.defaultValue !== null,
    is_archived: attribute.isArchived,
    default_value: renderDefault(world, attribute),
    relationship: renderRelationship(world, attribute),
    created_at: timestamp(attribute.createdAt),
    config: {
      currency: renderCurrency(attribute, shapes),
      record_reference: { allowed_object_ids: attribute.allowedObjectIds },
    },
  }
}

/** Seen: null for every other type, although the document does not allow null. */
function renderCurrency({ currency }: Attribute, shapes: Call['shapes']) {
  const none = shapes === 'seen' ? undefined : { code: 'USD', display: 'symbol' }
  const shown = currency ?? none
  return {
    default_currency_code: shown?.code ?? null,
    display_type: shown?.display ?? null,
  }
}

function renderDefault(world: World, attribute: Attribute) {
  const { defaultValue, createdAt } = attribute
  if (defaultValue?.type !== 'static') return defaultValue
  const createdByActor = { type: 'system', id: null } as const
  return {
    type: 'static',
    template: defaultValue.contents.map((content) =>
      renderValue(world, attribute, {
        activeFrom: createdAt,
        activeUntil: null,
        createdByActor,
        content,
      }),
    ),
  }
}

function renderRelationship(world: World, attribute: Attribute) {
  const related = attribute.relatedAttributeId
    ? world.attributes.get(attribute.relatedAttributeId)
    : undefined
  if (!related) return null
  return {
    id: idOf(related),
    object_slug: world.objects.get(related.parentId)?.slug ?? '',
    title: related.title,
    api_slug: related.slug,
    is_multiselect: related.isMultiselect,
  }
}

/** Attio's document calls it object_id for attributes of lists as well. */
function idOf(attribute: Attribute) {
  return {
    workspace_id: attribute.workspaceId,
    object_id: attribute.parentId,
    attribute_id: attribute.id,
  }
}
