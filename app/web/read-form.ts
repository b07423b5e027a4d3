// Reads the form of a request strictly: URL-encoded, each field once, and no field unknown to the route.
import { z } from 'zod'
import { Problem } from './problem.ts'
import type { WebContext } from './web-parts.ts'

/** Throws a Problem when the request has no such form. A field named in `lists` may repeat. */
export async function readForm<Shape extends z.ZodRawShape>(
  context: WebContext,
  shape: Shape,
  lists: readonly (keyof Shape & string)[] = [],
): Promise<z.output<z.ZodObject<Shape>>> {
  const text = await context.req.text()
  if (text !== '' && !isForm(context)) throw new Problem({ kind: 'unsupported-media-type' })
  if (hasTooManyFields(text)) throw new Problem({ kind: 'bad-request' })
  const fields = new URLSearchParams(text)
  const isList = (name: string): boolean => lists.some((list) => list === name)
  const names = [...fields.keys()].filter((name) => !isList(name))
  if (new Set(names).size < names.length || names.some((name) => !Object.hasOwn(shape, name))) {
    throw new Problem({ kind: 'bad-request' })
  }
  const parsed = z.strictObject(shape).safeParse({
    ...Object.fromEntries([...fields].filter(([name]) => !isList(name))),
    ...Object.fromEntries(lists.map((name) => [name, fields.getAll(name)])),
  })
  if (!parsed.success) throw new Problem({ kind: 'bad-request' })
  return parsed.data
}

/** Returns one field of a form that is not accepted, to show it again; undefined when it is absent or empty. */
export async function readUnsavedField(
  context: WebContext,
  name: string,
): Promise<string | undefined> {
  if (!isForm(context)) return undefined
  const text = await context.req.text()
  if (hasTooManyFields(text)) return undefined
  return new URLSearchParams(text).get(name) || undefined
}

function isForm(context: WebContext): boolean {
  const type = context.req.header('content-type')?.split(';')[0]?.trim().toLowerCase()
  return type === 'application/x-www-form-urlencoded'
}

function hasTooManyFields(text: string): boolean {
  return text.split('&', mostFields + 1).length > mostFields
}

/** More than any page of Taskr sends, including its longest list of checkboxes. */
const mostFields = 1_000

/**
 * A text field. An absent one reads as empty, and any length is accepted, so that the field's own rule can refuse it and
 * the form can show the person's text again.
 */
export const textField = z.string().default('')

/** A count that a page put into its form; absent means zero. */
export const countField = z.coerce.number().int().min(0).default(0)
