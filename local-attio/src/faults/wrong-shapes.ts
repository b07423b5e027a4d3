// Changes a correct JSON body into a wrong shape.

export type Shape =
  | 'null'
  | 'empty-object'
  | 'array'
  | 'wrapped'
  | 'strings'
  | ((body: unknown) => unknown)

export function reshape(body: unknown, shape: Shape): unknown {
  if (typeof shape === 'function') return shape(body)
  switch (shape) {
    case 'null':
      return null
    case 'empty-object':
      return {}
    case 'array':
      return [body]
    case 'wrapped':
      return { data: body }
    case 'strings':
      return inStrings(body)
  }
}

/** Turns every number, boolean and null into text. */
function inStrings(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inStrings)
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, inStrings(part)]))
}
