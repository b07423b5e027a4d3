// The objects (kinds of record) of a workspace. Source: docs.attio.com/rest-api/endpoint-reference/objects
import type { Send } from '../sending/send.ts'
import { dataOf, listOf, type ReadListOptions } from '../wire/envelope.ts'
import { type AttioObject, objectSchema } from '../wire/object.ts'

export interface Objects {
  /** Lists all objects; Attio does not page this list. Needs `object_configuration:read`. */
  list(options?: ReadListOptions): Promise<readonly AttioObject[]>
  /** Returns an object by slug (`people`) or id. Throws AttioApiError with status 404 when it does not exist. */
  get(slugOrId: string): Promise<AttioObject>
}

export function createObjects(send: Send): Objects {
  const path = ['v2', 'objects']
  return {
    async list(options) {
      return (await send({ method: 'GET', path, answer: listOf(objectSchema, options) })).body
    },
    async get(slugOrId) {
      const answer = dataOf(objectSchema)
      return (await send({ method: 'GET', path: [...path, slugOrId], answer })).body
    },
  }
}
