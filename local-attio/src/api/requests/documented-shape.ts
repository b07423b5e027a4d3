// Answers as Attio's document has them, where recordings of Attio show nulls that it does not have.

/** Returns the body with the null ids of system actors left out: the document makes them optional. */
export function documentedShape(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(documentedShape)
  if (typeof body !== 'object' || body === null) return body
  const members = Object.entries(body)
  const isSystem = 'type' in body && body.type === 'system' && 'id' in body && body.id === null
  return Object.fromEntries(
    members
      .filter(([key]) => !isSystem || key !== 'id')
      .map(([key, value]) => [key, documentedShape(value)]),
  )
}
