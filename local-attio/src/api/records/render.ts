// Renders a record as Attio sends it: every attribute by slug, including those that Attio maintains.
import { renderValues } from '../../values/render.ts'
import { allValues } from '../../values/system-values.ts'
import { timestamp } from '../../timestamps.ts'
import type { AttioRecord } from '../../world/records.ts'
import type { World } from '../../world/world.ts'

export type RenderContext = { readonly world: World; readonly origin: string }

export function renderRecord({ world, origin }: RenderContext, record: AttioRecord) {
  const attributes = world.attributesOf(record.objectId)
  return {
    id: { workspace_id: record.workspaceId, object_id: record.objectId, record_id: record.id },
    created_at: timestamp(record.createdAt),
    web_url: webUrl(world, origin, record),
    values: renderValues(world, attributes, allValues(world, attributes, record)),
  }
}

/** The singular noun: seen for people, companies and deals, assumed for other objects. */
function webUrl(world: World, origin: string, record: AttioRecord): string {
  const slug = world.workspaces.get(record.workspaceId)?.slug ?? ''
  const object = world.objects.get(record.objectId)
  if (object?.slug === 'deals') return `${origin}/${slug}/deals/record/${record.id}`
  const singular = object?.singularNoun ?? 'record'
  const noun = singular.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
  return `${origin}/${slug}/${noun}/${record.id}`
}
