// Form bodies of the OAuth endpoints, in which a parameter may occur only once (RFC 6749 §3.2).

export type Form =
  | { readonly kind: 'form'; readonly fields: ReadonlyMap<string, string> }
  | { readonly kind: 'not-a-form' }
  | { readonly kind: 'duplicate'; readonly name: string }

export function readForm(contentType: string | undefined, body: string): Form {
  const [type = ''] = (contentType ?? '').split(';', 1)
  if (type.trim().toLowerCase() !== 'application/x-www-form-urlencoded') {
    return { kind: 'not-a-form' }
  }
  const fields = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(body)) {
    if (fields.has(name)) return { kind: 'duplicate', name }
    // RFC 6749 §3.2: a parameter without a value counts as absent.
    if (value !== '') fields.set(name, value)
  }
  return { kind: 'form', fields }
}
