// The sorts of a query: by an attribute, directly or at the end of a path.
import { z } from 'zod'
import { mainField } from '../../values/keys.ts'
import type { Holder } from '../../values/system-values.ts'
import type { Attribute } from '../../world/records.ts'
import { findAttribute } from '../../world/find.ts'
import { refuse } from '../requests/errors.ts'
import { fieldsOf } from './comparable.ts'
import { compareValues } from './operators.ts'
import { contentsAlong, readPath } from './paths.ts'
import type { Scope } from './scope.ts'

const direction = z.enum(['asc', 'desc'])
const field = z.string().optional()

export const sorts = z.array(
  z.union([
    z.object({ direction, attribute: z.string(), field }),
    z.object({ direction, path: z.array(z.tuple([z.string(), z.string()])).min(1), field }),
  ]),
)

type Sort = z.infer<typeof sorts>[number]
type Comparison = (a: Holder, b: Holder) => number

export function compileSorts(scope: Scope, wanted: readonly Sort[]): Comparison | undefined {
  if (wanted.length === 0) return undefined
  const comparisons = wanted.map((sort) => compileSort(scope, sort))
  return (a, b) => {
    for (const compare of comparisons) {
      const difference = compare(a, b)
      if (difference !== 0) return difference
    }
    return 0
  }
}

function compileSort(scope: Scope, sort: Sort): Comparison {
  const steps = 'path' in sort ? readPath(scope, sort.path) : [attributeOf(scope, sort.attribute)]
  const last = steps.at(-1)
  const name = sort.field ?? (last && mainField[last.type]) ?? 'value'
  if (sort.field !== undefined && last && !fieldsOf(last).includes(sort.field)) {
    throw refuse('filter_error', `Unknown field: ${sort.field}`)
  }
  const valueOf = (holder: Holder): unknown =>
    contentsAlong(scope.world, steps, holder)[0]?.[name]?.[0]
  const sign = sort.direction === 'asc' ? 1 : -1
  return (a, b) => {
    const [left, right] = [valueOf(a), valueOf(b)]
    // assumed: records without a value come last in both directions.
    if (isNothing(left) || isNothing(right))
      return Number(isNothing(left)) - Number(isNothing(right))
    return sign * (compareValues(left, right) ?? 0)
  }
}

function attributeOf(scope: Scope, slugOrId: string): Attribute {
  const attribute = findAttribute(scope.world, scope.parentId, slugOrId)
  if (!attribute) throw refuse('filter_error', `Unknown attribute slug: ${slugOrId}`)
  return attribute
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null
}
