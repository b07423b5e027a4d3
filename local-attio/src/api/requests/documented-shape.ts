// Removes the nulls that recordings of Attio show but its document does not allow.

/** Returns the body without the null ids of system actors, which the document makes optional. */
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
