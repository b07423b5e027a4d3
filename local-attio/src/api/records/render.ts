// A record as Attio sends it: every attribute by slug, the three that Attio keeps itself included.
import { renderValues } from '../../values/render.ts'
import { timestamp } from '../../timestamps.ts'
import type { AttioObject, AttioRecord, Attribute, Values } from '../../world/entities.ts'
import type { World } from '../../world/world.ts'

export type RenderContext = { readonly world: World; readonly origin: string }

export function renderRecord({ world, origin }: RenderContext, record: AttioRecord) {
  const attributes = world.attributesOf(record.objectId)
  const object = world.objects.get(record.objectId)
  return {
    id: { workspace_id: record.workspaceId, object_id: record.objectId, record_id: record.id },
    created_at: timestamp(record.createdAt),
    web_url: webUrl(world, origin, record, object),
    values: renderValues(world, attributes, withSystemValues(attributes, record)),
  }
}

/** `record_id`, `created_at` and `created_by` are attributes too, but nobody stores them. */
export function withSystemValues(attributes: readonly Attribute[], record: AttioRecord): Values {
  const contents: Readonly<Record<string, Record<string, string | null>>> = {
    record_id: { value: record.id },
    created_at: { value: timestamp(record.createdAt) },
    created_by: {
      referenced_actor_type: record.createdByActor.type,
      referenced_actor_id: record.createdByActor.id,
    },
  }
  const values: Values = { ...record.values }
  for (const attribute of attributes) {
    const content = attribute.isSystem ? contents[attribute.slug] : undefined
    if (!content) continue
    const { createdAt: activeFrom, createdByActor } = record
    values[attribute.id] = [{ activeFrom, activeUntil: null, createdByActor, content }]
  }
  return values
}

/** assumed for deals and custom objects: the singular noun, as for people and companies. */
function webUrl(
  world: World,
  origin: string,
  record: AttioRecord,
  object: AttioObject | undefined,
): string {
  const slug = world.workspaces.get(record.workspaceId)?.slug ?? ''
  const noun = (object?.singularNoun ?? 'record').toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
  return `${origin}/${slug}/${noun}/${record.id}`
}
