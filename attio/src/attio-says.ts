// Tells Attio's own refusals from a gateway's. A gateway can also answer 401, 403 or 404; only Attio's
// error body about the requested resource justifies deleting data or giving up.
import { AttioApiError } from './errors.ts'
import { sameId } from './wire/id.ts'

/** The requested resource. */
export interface AttioSubject {
  readonly kind: 'task' | 'note' | 'record' | 'object' | 'list' | 'webhook' | 'workspace-member'
  readonly id: string
}

/**
 * True when Attio itself says that this resource does not exist. False for a 404 with an HTML page, an
 * empty body or other JSON, and for a 404 about another resource, such as an object in a task's links.
 *
 * @example
 * const current = await client.tasks.get(task.id).catch((error) => {
 *   if (attioSaysGone(error, { kind: 'task', id: task.id })) return undefined
 *   throw error
 * })
 */
export function attioSaysGone(error: unknown, { kind, id }: AttioSubject): boolean {
  if (!isFromAttio(error, 404) || error.code !== 'not_found') return false
  if (error.type !== 'invalid_request_error') return false
  const { subject } = error
  if (subject === undefined) return namesOnly(error.attioMessage, { kind, id })
  return subject.kind === kind && (subject.id === undefined || sameId(subject.id, id))
}

/** True when Attio itself forbids the call: a scope is missing, or the plan does not include it. */
export function attioSaysForbidden(error: unknown): boolean {
  return isFromAttio(error, 403)
}

/** True when Attio itself rejects the token. `self.identify()` then says whether the token is dead. */
export function attioSaysUnauthorized(error: unknown): boolean {
  return isFromAttio(error, 401)
}

function isFromAttio(error: unknown, status: number): error is AttioApiError {
  return error instanceof AttioApiError && error.isFromAttio && error.status === status
}

/** True when a message of unknown form quotes this id and nothing else, and names no resource of another kind. */
function namesOnly(message: string, { kind, id }: AttioSubject): boolean {
  const quoted = [...message.matchAll(/"([^"]*)"/g)].map(([, text = '']) => text)
  const [first] = quoted
  if (first === undefined || !quoted.every((text) => sameId(text, id))) return false
  const words = new Set(message.toLowerCase().match(/[a-z]+/g))
  const own = kind.split('-')
  return otherNouns.every((noun) => own.includes(noun) || !words.has(noun))
}

const otherNouns =
  'task note record object list entry webhook workspace member attribute endpoint thread comment meeting file parent link linked'.split(
    ' ',
  )
