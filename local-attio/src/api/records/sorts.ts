// The orders a query can ask for: by an attribute, or by a field of its value.
import { z } from 'zod'
import { mainField } from '../../values/keys.ts'
import { activeValues } from '../../values/render.ts'
import type { AttioObject, AttioRecord } from '../../world/entities.ts'
import type { World } from '../../world/world.ts'
import { findAttribute } from '../attributes.ts'
import { refuse } from '../errors.ts'
import { compareValues } from './operators.ts'
import { withSystemValues } from './render.ts'

const direction = z.enum(['asc', 'desc'])
const field = z.string().optional()

export const sorts = z.array(
  z.union([
    z.strictObject({ direction, attribute: z.string(), field }),
    z.strictObject({
      direction,
      path: z.array(z.tuple([z.string(), z.string()])).min(1),
      field,
    }),
  ]),
)

type Sort = z.infer<typeof sorts>[number]
type Comparison = (a: AttioRecord, b: AttioRecord) => number

export function compileSorts(
  world: World,
  object: AttioObject,
  wanted: readonly Sort[],
): Comparison | undefined {
  if (wanted.length === 0) return undefined
  const comparisons = wanted.map((sort) => compileSort(world, object, sort))
  return (a, b) => {
    for (const compare of comparisons) {
      const difference = compare(a, b)
      if (difference !== 0) return difference
    }
    return 0
  }
}

function compileSort(world: World, object: AttioObject, sort: Sort): Comparison {
  const slugOrId = 'attribute' in sort ? sort.attribute : (sort.path[0]?.[1] ?? '')
  const attribute = findAttribute(world, object.id, slugOrId)
  if (!attribute) throw refuse('filter_error', `Unknown attribute slug: ${slugOrId}`)
  const attributes = world.attributesOf(object.id)
  const name = sort.field ?? mainField[attribute.type]
  const valueOf = (record: AttioRecord): unknown =>
    activeValues(withSystemValues(attributes, record), attribute.id)[0]?.content[name]
  const sign = sort.direction === 'asc' ? 1 : -1
  return (a, b) => {
    const [left, right] = [valueOf(a), valueOf(b)]
    // assumed: records without a value come last, whichever way the order runs.
    if (left === undefined || right === undefined) {
      return Number(left === undefined) - Number(right === undefined)
    }
    return sign * (compareValues(left, right) ?? 0)
  }
}
