// What an error proves. A gateway on the way can answer 401, 403 or 404, too: only Attio's own error
// body, about the thing that was asked for, is a reason to remove something or to give up.
import { AttioApiError } from './errors.ts'

/** The thing that was asked for. */
export interface AttioSubject {
  readonly kind: 'task' | 'record' | 'object' | 'list' | 'webhook' | 'workspace-member'
  readonly id: string
}

/**
 * True when Attio itself says that this thing does not exist. False for a 404 with an HTML page, an
 * empty body or foreign JSON, and for a 404 about something else, such as an object in a task's links.
 *
 * @example
 * const current = await client.tasks.get(task.id).catch((error) => {
 *   if (attioSaysGone(error, { kind: 'task', id: task.id })) return undefined
 *   throw error
 * })
 */
export function attioSaysGone(error: unknown, { kind, id }: AttioSubject): boolean {
  if (!isFromAttio(error, 404) || error.code !== 'not_found') return false
  const { subject } = error
  if (subject === undefined) return error.attioMessage.includes(`"${id}"`)
  return subject.kind === kind && (subject.id === undefined || sameId(subject.id, id))
}

/** True when Attio itself forbids the call: a missing scope, or a limit of the plan. */
export function attioSaysForbidden(error: unknown): boolean {
  return isFromAttio(error, 403)
}

/** True when Attio itself does not accept the token. `self.identify()` then tells whether it is dead. */
export function attioSaysUnauthorized(error: unknown): boolean {
  return isFromAttio(error, 401)
}

function isFromAttio(error: unknown, status: number): error is AttioApiError {
  return error instanceof AttioApiError && error.isFromAttio && error.status === status
}

function sameId(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}
