// Reads and replaces one member of a JSON body, for tests that vary example calls.

type Step = string | number

/** Returns a copy of the body in which the member at the path has the value; a missing one is added. */
export function withMember(
  body: unknown,
  [step, ...rest]: readonly Step[],
  value: unknown,
): unknown {
  if (step === undefined) return value
  if (Array.isArray(body)) {
    const items: readonly unknown[] = body
    return items.map((item, index) =>
      index === Number(step) ? withMember(item, rest, value) : item,
    )
  }
  if (typeof body !== 'object' || body === null) return body
  return { ...body, [step]: withMember(Reflect.get(body, step), rest, value) }
}

/** Returns the member at the path; undefined when there is none. */
export function memberAt(body: unknown, path: readonly Step[]): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined,
    body,
  )
}
