// Turns the `values` of a request into contents by attribute, or refuses them in Attio's words.
import type { z } from 'zod'
import { refuse } from '../api/requests/errors.ts'
import { ignoredMembers, type MemberPath } from '../api/requests/ignored-members.ts'
import { namedMembers } from '../api/requests/named-members.ts'
import { validationErrorsOf } from '../api/requests/validation.ts'
import type { Attribute, Value } from '../world/records.ts'
import { findAttribute } from '../world/find.ts'
import type { World } from '../world/world.ts'
import { valueInputs } from './inputs.ts'
import { keyOf } from './keys.ts'
import { resolveContent } from './resolve.ts'

export type Contents = ReadonlyMap<Attribute, readonly Value['content'][]>

/** Values by the slug or id of their attribute; null and [] clear it. */
export const valuesInput = namedMembers

/** The parts of a call that reading its values needs. */
export type ValueReader = {
  readonly world: World
  /** Is told of the members of values that Attio ignores. */
  readonly ignore: (members: readonly MemberPath[]) => void
}

export function readContents(
  reader: ValueReader,
  parentId: string,
  input: z.infer<typeof valuesInput>,
): Contents {
  const contents = new Map<Attribute, Value['content'][]>()
  for (const [slugOrId, written] of Object.entries(input)) {
    const attribute = findAttribute(reader.world, parentId, slugOrId)
    if (!attribute) {
      throw refuse('value_not_found', `Cannot find attribute with slug/ID "${slugOrId}".`)
    }
    if (contents.has(attribute)) throw invalid(attribute)
    contents.set(attribute, readAttribute(reader, attribute, written))
  }
  return contents
}

/** Returns the contents of the values that a request writes to one attribute. */
export function readAttribute(
  reader: ValueReader,
  attribute: Attribute,
  written: unknown,
): Value['content'][] {
  if (!attribute.isWritable || attribute.isArchived) {
    // assumed: the error code for attributes that only Attio writes.
    throw refuse('immutable_value', `Attribute with slug "${attribute.slug}" cannot be written.`)
  }
  const items: readonly unknown[] = listOf(attribute, written)
  const contents = items.map((item) =>
    resolveContent(reader.world, attribute, parse(reader, attribute, item)),
  )
  const distinct = new Map(contents.map((content) => [keyOf(attribute.type, content), content]))
  return Array.from(distinct.values())
}

/** Values of a multiselect attribute must come as an array; a single value may. */
function listOf(attribute: Attribute, written: unknown): readonly unknown[] {
  if (written === null) return []
  if (!Array.isArray(written)) {
    if (attribute.isMultiselect) throw invalid(attribute)
    return [written]
  }
  if (written.length > 1 && !attribute.isMultiselect) throw invalid(attribute)
  return written
}

function parse(reader: ValueReader, attribute: Attribute, item: unknown): Value['content'] {
  const schema = valueInputs[attribute.type]
  const parsed = schema.safeParse(item, { reportInput: true })
  if (parsed.success) {
    reader.ignore(ignoredMembers(schema, item, ['values', attribute.slug]))
    return parsed.data
  }
  throw invalid(attribute, parsed.error)
}

/** Returns the default value of a request as it is stored. */
export function readDefault(
  reader: ValueReader,
  attribute: Attribute,
  input: DefaultInput,
): Attribute['defaultValue'] {
  if (input === null) return null
  if (input.type === 'dynamic') return input
  return { type: 'static', contents: readAttribute(reader, attribute, input.template) }
}

type DefaultInput =
  | { readonly type: 'static'; readonly template: readonly unknown[] }
  | { type: 'dynamic'; template: string }
  | null

function invalid(attribute: Attribute, error?: z.ZodError) {
  return refuse(
    'validation_type',
    `An invalid value was passed to attribute with slug "${attribute.slug}".`,
    error && { validationErrors: validationErrorsOf(error) },
  )
}
