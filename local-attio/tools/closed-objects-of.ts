// Reads from a request body of an OpenAPI document which objects `additionalProperties: false` closes.
import { z } from 'zod'

const schema = z.looseObject({
  $ref: z.string().optional(),
  additionalProperties: z.unknown().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
  oneOf: z.array(z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
})

const requestBody = z.object({ content: z.object({ 'application/json': z.object({ schema }) }) })

/** Returns their paths, such as "data.assignees[0]". Value objects of defaults are left out. */
export function closedObjectsOf(
  body: unknown,
  schemas: Readonly<Record<string, unknown>>,
): readonly string[] {
  const parsed = requestBody.safeParse(body)
  if (!parsed.success) return []
  const found = new Set<string>()
  visit(parsed.data.content['application/json'].schema, '')
  return Array.from(found)

  function visit(raw: unknown, path: string): void {
    const node = schema.safeParse(raw)
    if (!node.success || path.endsWith('.default_value')) return
    const { $ref, additionalProperties, properties = {}, items, oneOf = [], anyOf = [] } = node.data
    if ($ref !== undefined) return visit(schemas[$ref.split('/').at(-1) ?? ''], path)
    if (additionalProperties === false) found.add(path)
    for (const variant of [...oneOf, ...anyOf]) visit(variant, path)
    if (items !== undefined) visit(items, `${path}[0]`)
    for (const [name, member] of Object.entries(properties)) {
      visit(member, path === '' ? name : `${path}.${name}`)
    }
  }
}
