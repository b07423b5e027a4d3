// Finds members of a body that are unknown to an operation. Attio ignores them, except in the objects
// that its document closes with `additionalProperties: false`: those are `z.strictObject` here, all
// others are `z.object`.
import { z } from 'zod'

export type MemberPath = readonly (string | number)[]

/** Returns the paths of members in a valid input that its schema does not have. */
export function ignoredMembers(
  schema: z.core.$ZodType,
  input: unknown,
  path: MemberPath = [],
): MemberPath[] {
  if (schema instanceof z.ZodObject) return membersOfObject(schema, input, path)
  if (schema instanceof z.ZodArray) {
    if (!Array.isArray(input)) return []
    return input.flatMap((item, index) => ignoredMembers(schema.element, item, [...path, index]))
  }
  if (schema instanceof z.ZodUnion) {
    const matching = schema.options.find((option) => z.safeParse(option, input).success)
    return matching ? ignoredMembers(matching, input, path) : []
  }
  if (schema instanceof z.ZodPipe) {
    // A preprocessed schema is `transform → schema`, a transformed one `schema → transform`.
    const { in: first, out: second } = schema
    return ignoredMembers(first instanceof z.ZodTransform ? second : first, input, path)
  }
  const isWrapped =
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault
  return isWrapped ? ignoredMembers(schema.unwrap(), input, path) : []
}

function membersOfObject(schema: z.ZodObject, input: unknown, path: MemberPath): MemberPath[] {
  if (typeof input !== 'object' || input === null) return []
  const shape: Readonly<Record<string, unknown>> = schema.shape
  return Object.entries(input).flatMap(([key, value]): MemberPath[] => {
    const member = Object.hasOwn(shape, key) ? shape[key] : undefined
    if (member instanceof z.ZodType) return ignoredMembers(member, value, [...path, key])
    return schema.def.catchall === undefined ? [[...path, key]] : []
  })
}

/** Formats a path as the journal shows it: `data.linked_records[0].note`. */
export function memberName(path: MemberPath): string {
  return path.reduce<string>((name, step) => {
    if (typeof step === 'number') return `${name}[${step}]`
    return name === '' ? step : `${name}.${step}`
  }, '')
}
