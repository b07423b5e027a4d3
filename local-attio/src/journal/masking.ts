// Masks secrets in the journal: tokens, codes, client and webhook secrets, cookies.
import { isTooDeep } from '../json-depth.ts'

export const masked = '[secret]'

const secretNames = new Set([
  'access_token',
  'client_secret',
  'code',
  'code_verifier',
  'secret',
  'token',
])

export function maskHeaders(
  headers: Headers | Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const entries = headers instanceof Headers ? Array.from(headers) : Object.entries(headers)
  return Object.fromEntries(
    entries.map(([name, value]) => [name, maskHeader(name, value)] as const),
  )
}

function maskHeader(name: string, value: string): string {
  switch (name) {
    case 'authorization':
      // Without a scheme, the whole header is what a client took for its token.
      return value.includes(' ') ? `${value.split(' ', 1)[0]} ${masked}` : masked
    case 'cookie':
    case 'set-cookie':
      return value.replaceAll(/=[^;,]*/g, `=${masked}`)
    case 'location':
    case 'referer': {
      const [address = '', query] = value.split('?', 2)
      return query === undefined ? value : `${address}?${maskForm(query)}`
    }
    default:
      return value
  }
}

/** Masks a query string or form body, and keeps its order. */
export function maskForm(form: string): string {
  return form
    .split('&')
    .map((pair) => {
      const [name = ''] = pair.split('=', 1)
      return secretNames.has(decoded(name)) ? `${name}=${masked}` : pair
    })
    .join('&')
}

/** Returns a name as a form's reader decodes it. */
function decoded(name: string): string {
  return Array.from(new URLSearchParams(name).keys())[0] ?? ''
}

/** True except for an error's `code`, which is a word such as not_found. */
function isSecret(name: string, value: unknown): boolean {
  if (typeof value !== 'string' || !secretNames.has(name)) return false
  return name !== 'code' || !/^[a-z]+(?:_[a-z]+)*$/.test(value)
}

/** Returns a body with its secrets masked. Invalid JSON is dropped as a whole. */
export function maskBody(body: string): string {
  if (/^\s*[[{]/.test(body)) {
    if (isTooDeep(body)) return '[nested too deeply]'
    try {
      return JSON.stringify(
        JSON.parse(body, (name, value: unknown) => (isSecret(name, value) ? masked : value)),
      )
    } catch {
      return '[not JSON]'
    }
  }
  return /^[\w.~%+*-]+=/.test(body) ? maskForm(body) : body
}
