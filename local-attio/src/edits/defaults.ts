// Default values: a fixed value, today plus a duration, or the requesting member.
import { normalDate } from '../values/dates.ts'
import type { Contents } from '../values/read.ts'
import { timestamp } from '../timestamps.ts'
import type { Attribute, Value } from '../world/records.ts'
import type { Author } from './author.ts'

/** Returns the contents with the default of each absent attribute. */
export function withDefaults(
  author: Author,
  attributes: readonly Attribute[],
  contents: Contents,
): Contents {
  const all = new Map(contents)
  for (const attribute of attributes) {
    if (all.has(attribute) || attribute.isArchived) continue
    const defaults = defaultsOf(author, attribute)
    if (defaults.length > 0) all.set(attribute, defaults)
  }
  return all
}

function defaultsOf(author: Author, { type, defaultValue }: Attribute): Value['content'][] {
  if (defaultValue === null) return []
  if (defaultValue.type === 'static') return defaultValue.contents
  if (type === 'actor-reference') {
    if (author.memberId === undefined) return []
    return [{ referenced_actor_type: 'workspace-member', referenced_actor_id: author.memberId }]
  }
  const at = timestamp(author.now + durationMs(defaultValue.template))
  return [{ value: type === 'date' ? (normalDate(at) ?? at) : at }]
}

const unitsMs: Readonly<Record<string, number>> = {
  Y: 365 * 86_400_000,
  M: 30 * 86_400_000,
  W: 7 * 86_400_000,
  D: 86_400_000,
}

/** Returns a duration such as "P1W2D" in milliseconds. A year has 365 days here, a month 30. */
function durationMs(template: string): number {
  const parts = template.matchAll(/(\d+)([YMWD])/g)
  return Array.from(parts).reduce(
    (sum, [, count, unit]) => sum + Number(count) * (unitsMs[unit ?? ''] ?? 0),
    0,
  )
}
