// The `values` of a request, turned into contents by attribute, or refused in Attio's words.
import { z } from 'zod'
import { refuse } from '../api/requests/errors.ts'
import { validationErrorsOf } from '../api/requests/validation.ts'
import type { Attribute, Value } from '../world/entities.ts'
import { findAttribute } from '../world/find.ts'
import type { World } from '../world/world.ts'
import { valueInputs } from './inputs.ts'
import { keyOf } from './keys.ts'
import { resolveContent } from './resolve.ts'

export type Contents = ReadonlyMap<Attribute, readonly Value['content'][]>

/** What a request may say about values: by slug or id; null and [] clear. */
export const valuesInput = z.record(z.string(), z.json())

export function readContents(
  world: World,
  parentId: string,
  input: z.infer<typeof valuesInput>,
): Contents {
  const contents = new Map<Attribute, Value['content'][]>()
  for (const [slugOrId, written] of Object.entries(input)) {
    const attribute = findAttribute(world, parentId, slugOrId)
    if (!attribute) {
      throw refuse('value_not_found', `Cannot find attribute with slug/ID "${slugOrId}".`)
    }
    if (contents.has(attribute)) throw invalid(attribute)
    contents.set(attribute, readAttribute(world, attribute, written))
  }
  return contents
}

function readAttribute(world: World, attribute: Attribute, written: unknown): Value['content'][] {
  if (!attribute.isWritable || attribute.isArchived) {
    // assumed: the code of attributes that Attio keeps itself.
    throw refuse('immutable_value', `Attribute with slug "${attribute.slug}" cannot be written.`)
  }
  const items: readonly unknown[] = listOf(attribute, written)
  const contents = items.map((item) => resolveContent(world, attribute, parse(attribute, item)))
  const distinct = new Map(contents.map((content) => [keyOf(attribute.type, content), content]))
  return Array.from(distinct.values())
}

/** Values of a multiselect attribute have to come as an array; a single one may. */
function listOf(attribute: Attribute, written: unknown): readonly unknown[] {
  if (written === null) return []
  if (!Array.isArray(written)) {
    if (attribute.isMultiselect) throw invalid(attribute)
    return [written]
  }
  if (written.length > 1 && !attribute.isMultiselect) throw invalid(attribute)
  return written
}

function parse(attribute: Attribute, item: unknown): Value['content'] {
  const parsed = valueInputs[attribute.type].safeParse(item)
  if (parsed.success) return parsed.data
  throw invalid(attribute, parsed.error, item)
}

/** A default value of a request, as it is stored. */
export function readDefault(
  world: World,
  attribute: Attribute,
  input: DefaultInput,
): Attribute['defaultValue'] {
  if (input === null) return null
  if (input.type === 'dynamic') return input
  return { type: 'static', contents: readAttribute(world, attribute, input.template) }
}

type DefaultInput =
  | { readonly type: 'static'; readonly template: readonly unknown[] }
  | { type: 'dynamic'; template: string }
  | null

function invalid(attribute: Attribute, error?: z.ZodError, input?: unknown) {
  return refuse(
    'validation_type',
    `An invalid value was passed to attribute with slug "${attribute.slug}".`,
    error && { validationErrors: validationErrorsOf(error, input) },
  )
}
