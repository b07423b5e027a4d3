// The description of one operation of Attio's REST API.

export type Operation = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** The path in the form of Attio's reference, with parameters in braces. */
  readonly path: string
  /** The title in Attio's reference. */
  readonly title: string
  /** Required for every call. Some handlers require more, depending on the request. */
  readonly scopes: readonly string[]
  /** The rate limit that counts it. */
  readonly access: 'read' | 'write'
  /** The month of Attio's changelog that added the operation, when it is newer than the document. */
  readonly since?: string
  /** The status of a success, when it is not 200. */
  readonly status?: 204
  /** Known differences from Attio, for SUPPORTED.md. */
  readonly differences?: string
}

type Rest = Pick<Operation, 'title' | 'scopes' | 'since' | 'status' | 'differences'>

export function reads(method: Operation['method'], path: string, rest: Rest): Operation {
  return { method, path, ...rest, access: 'read' }
}

export function writes(method: Operation['method'], path: string, rest: Rest): Operation {
  return { method, path, ...rest, access: 'write' }
}

export const appends = 'A value that is written again keeps its first `active_from`.'
