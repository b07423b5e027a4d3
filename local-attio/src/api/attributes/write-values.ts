// PUT of the values of one attribute of a record or an entry: replaces its whole history.
import { z } from 'zod'
import { keyOf } from '../../values/keys.ts'
import { isEnriched } from '../../values/enriched.ts'
import { readAttribute } from '../../values/read.ts'
import { renderValue } from '../../values/render.ts'
import { parentIdOf, type Holder } from '../../values/system-values.ts'
import { requireUnique } from '../../edits/values.ts'
import { compareInstants, type Instant } from '../../timestamps.ts'
import type { Attribute, Value } from '../../world/records.ts'
import type { Call } from '../requests/call.ts'
import { refuse } from '../requests/errors.ts'
import { instant } from '../requests/instant.ts'
import { readBody } from '../requests/validation.ts'
import { findAttributeOr404 } from './find.ts'

const body = z.object({
  data: z.object({
    values: z
      .array(z.looseObject({ active_from: instant, active_until: instant.nullable() }))
      .min(1, 'At least one value is required'),
    replace_history: z.literal(true),
  }),
})

/** Returns the new history of an attribute, oldest first. */
export function readHistory(call: Call, holder: Holder): { attribute: Attribute; values: Value[] } {
  const attribute = findAttributeOr404(
    call.world,
    parentIdOf(holder),
    call.params['attribute'] ?? '',
  )
  requireOwnHistory(attribute)
  const values = readBody(call, body)
    .data.values.map(({ active_from, active_until, ...written }): Value => {
      const [content = {}] = readAttribute(call, attribute, [written])
      return {
        activeFrom: active_from.ms,
        ...(active_from.nanoseconds > 0 && { activeFromNanoseconds: active_from.nanoseconds }),
        activeUntil: active_until?.ms ?? null,
        ...(active_until?.nanoseconds && { activeUntilNanoseconds: active_until.nanoseconds }),
        createdByActor: call.actor,
        content,
      }
    })
    .toSorted((a, b) => compareInstants(beginningOf(a), beginningOf(b)))
  requireIntervals(attribute, values)
  const active = values.filter((value) => value.activeUntil === null)
  requireUnique(call, new Map([[attribute, active.map((value) => value.content)]]), holder.id)
  return { attribute, values }
}

/** Renders a history as the answer. assumed: the form is that of reading a history. */
export function renderHistory(call: Call, attribute: Attribute, values: readonly Value[]): object {
  return { data: values.map((value) => renderValue(call.world, attribute, value)) }
}

/** The rule is documented; the wording is assumed. */
function requireOwnHistory(attribute: Attribute): void {
  const { slug, isWritable, relatedAttributeId } = attribute
  if (isWritable && relatedAttributeId === null && !isEnriched(attribute)) return
  throw refuse('immutable_value', `The value history of "${slug}" cannot be written.`)
}

/** Refuses a value that ends before it begins, and overlapping active values of a single-value attribute. */
function requireIntervals(attribute: Attribute, values: readonly Value[]): void {
  for (const [index, value] of values.entries()) {
    const end = endOf(value)
    if (compareInstants(end, beginningOf(value)) <= 0) {
      throw badInterval('A value ends before it begins.')
    }
    const next = values.slice(index + 1).find((other) => areRivals(attribute, value, other))
    if (next && compareInstants(beginningOf(next), end) < 0) {
      throw badInterval('The intervals of values overlap.')
    }
  }
}

function beginningOf({ activeFrom, activeFromNanoseconds = 0 }: Value): Instant {
  return { ms: activeFrom, nanoseconds: activeFromNanoseconds }
}

function endOf({ activeUntil, activeUntilNanoseconds = 0 }: Value): Instant {
  return { ms: activeUntil ?? Infinity, nanoseconds: activeUntilNanoseconds }
}

function areRivals({ isMultiselect, type }: Attribute, a: Value, b: Value): boolean {
  return !isMultiselect || keyOf(type, a.content) === keyOf(type, b.content)
}

function badInterval(message: string) {
  return refuse('validation_type', message) // assumed
}
