// Resolves a query's path: from a record or entry along its references to an attribute.
import { z } from 'zod'
import { idIn } from '../../values/contents.ts'
import { activeValues } from '../../values/render.ts'
import { allValues, type Holder } from '../../values/system-values.ts'
import type { Attribute } from '../../world/records.ts'
import { findAttribute, findList, findObject } from '../../world/find.ts'
import type { World } from '../../world/world.ts'
import { refuse } from '../requests/errors.ts'
import { activeContents, type Comparable } from './comparable.ts'
import type { Scope } from './scope.ts'

const pathShape = z.array(z.tuple([z.string(), z.string()])).min(1)

/** Returns the attributes along a path, whose first step must belong to the query's scope. */
export function readPath(scope: Scope, path: unknown): Attribute[] {
  const parsed = pathShape.safeParse(path)
  if (!parsed.success) throw refuse('filter_error', 'Error in filter.')
  return parsed.data.map(([parent, slugOrId], index) => {
    const parentId = parentIdOf(scope, parent)
    const attribute = parentId && findAttribute(scope.world, parentId, slugOrId)
    if (!attribute || (index === 0 && parentId !== scope.parentId)) {
      throw refuse('filter_error', `Unknown attribute slug: ${slugOrId}`)
    }
    return attribute
  })
}

function parentIdOf({ world, workspaceId }: Scope, slugOrId: string): string | undefined {
  const parent = findObject(world, workspaceId, slugOrId) ?? findList(world, workspaceId, slugOrId)
  return parent?.id
}

/** Returns the last attribute's values in every record that the path reaches. */
export function contentsAlong(
  world: World,
  steps: readonly Attribute[],
  holder: Holder,
): readonly Comparable[] {
  const [step, ...rest] = steps
  if (!step) return []
  if (rest.length === 0) return activeContents(world, step, holder)
  const references = activeValues(allValues(world, [step], holder), step.id)
  return references.flatMap((reference) => {
    const record = world.records.get(idIn(reference.content, 'target_record_id'))
    return record && record.objectId === rest[0]?.parentId ? contentsAlong(world, rest, record) : []
  })
}
