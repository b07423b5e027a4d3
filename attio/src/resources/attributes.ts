// The attributes of an object or a list.
// Source: docs.attio.com/rest-api/endpoint-reference/attributes/list-attributes
import { checkRange } from './paging.ts'
import type { Send } from '../sending/send.ts'
import { type Attribute, attributeSchema } from '../wire/attribute.ts'
import { listOf } from '../wire/envelope.ts'

export interface AttributeQuery {
  readonly limit?: number
  readonly offset?: number
  /** Includes archived attributes. */
  readonly showArchived?: boolean
}

export interface Attributes {
  /**
   * Lists attributes in the order of Attio's own pages. Needs `object_configuration:read`.
   *
   * @example
   * const attributes = await client.attributes.list('objects', 'companies')
   */
  list(
    target: 'objects' | 'lists',
    slugOrId: string,
    query?: AttributeQuery,
  ): Promise<readonly Attribute[]>
}

export function createAttributes(send: Send): Attributes {
  return {
    async list(target, slugOrId, query = {}) {
      const { limit, offset, showArchived } = checkRange(query)
      const { body } = await send({
        method: 'GET',
        path: ['v2', target, slugOrId, 'attributes'],
        query: { limit, offset, show_archived: showArchived },
        answer: listOf(attributeSchema),
      })
      return body
    },
  }
}
