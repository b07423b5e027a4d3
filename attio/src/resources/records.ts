// Records of any object. Source: docs.attio.com/rest-api/endpoint-reference/records
import type { z } from 'zod'
import { linkToAttio } from './link-to-attio.ts'
import { checkRange, type PageOptions, readItems } from './paging.ts'
import type { Send } from '../sending/send.ts'
import type { Turns } from '../http/turns.ts'
import {
  type AnswerSchema,
  dataOf,
  listFrom,
  listOf,
  nothing,
  type ReadListOptions,
} from '../wire/envelope.ts'
import {
  type AttioRecord,
  type FoundRecord,
  foundRecordSchema,
  recordFrom,
  wireRecordSchema,
} from '../wire/record.ts'

export type RecordSort = { readonly direction: 'asc' | 'desc'; readonly field?: string } & (
  | { readonly attribute: string }
  | { readonly path: readonly (readonly [object: string, attribute: string])[] }
)

export interface RecordFilter {
  /** In Attio's form: docs.attio.com/rest-api/guides/filtering-and-sorting */
  readonly filter?: Readonly<Record<string, unknown>>
  readonly sorts?: readonly RecordSort[]
}

export interface RecordQuery extends RecordFilter {
  /** 1 to 500; Attio's default is 500. */
  readonly limit?: number
  readonly offset?: number
}

/** Values by attribute slug or id: one value, or a list of them, in Attio's form. */
export type RecordValues = Readonly<Record<string, unknown>>

export interface RecordSearch {
  /** At most 256 characters. */
  readonly query: string
  /** Slugs or ids, at least one. */
  readonly objects: readonly string[]
  /** 1 to 25; Attio's default is 25. */
  readonly limit?: number
  /** Searches as this member (id or e-mail address), or as the workspace when absent. */
  readonly asMember?: string
}

/** Records of an object. `object` is always a slug or an id. A missing object or record throws AttioApiError (404). */
export interface Records {
  /**
   * Returns one page of records. Needs `record_permission:read` and `object_configuration:read`.
   *
   * @example
   * const people = await client.records.query('people', { filter: { record_id: { $in: ids } } })
   */
  query(
    object: string,
    query?: RecordQuery,
    options?: ReadListOptions,
  ): Promise<readonly AttioRecord[]>
  /** Yields every record once, page after page. */
  all(object: string, filter?: RecordFilter, options?: PageOptions): AsyncGenerator<AttioRecord>
  get(object: string, recordId: string): Promise<AttioRecord>
  /** Searches by name, e-mail address or domain. Eventually consistent, and beta at Attio. */
  search(search: RecordSearch): Promise<readonly FoundRecord[]>
  /** Creates a record. Sent at most once: after a network failure, check whether it exists before retrying. */
  create(object: string, values: RecordValues): Promise<AttioRecord>
  /** Updates a record. Values of multiselect attributes are added to the existing ones. */
  update(object: string, recordId: string, values: RecordValues): Promise<AttioRecord>
  /** Updates a record. Values of multiselect attributes replace the existing ones. */
  overwrite(object: string, recordId: string, values: RecordValues): Promise<AttioRecord>
  /**
   * Updates the record whose unique `matchingAttribute` has the given value, or creates it.
   *
   * @example
   * await client.records.assert('companies', 'domains', { domains: ['example.com'], name: 'Example' })
   */
  assert(object: string, matchingAttribute: string, values: RecordValues): Promise<AttioRecord>
  delete(object: string, recordId: string): Promise<void>
}

/** Creates the record calls. `app` is the origin of Attio's pages. */
export function createRecords(send: Send, app: string): Records {
  const { query, read, write } = createRecordCalls(send, app)
  return {
    query,
    all: (object, filter = {}, options = {}) =>
      readItems({
        ...options,
        read: (range) => query(object, { ...filter, ...range }),
        itemsOf: (records: readonly AttioRecord[]) => records,
        idOf: (record) => record.id,
      }),
    get: read,
    async search({ query, objects, limit, asMember }) {
      const { body } = await send({
        method: 'POST',
        path: ['v2', 'objects', 'records', 'search'],
        body: { query, objects, limit, request_as: requestAs(asMember) },
        answer: listOf(foundRecordSchema),
        isRead: true,
      })
      return body
    },
    create: (object, values) => write('POST', pathOf(object), values),
    update: (object, recordId, values) => write('PATCH', pathOf(object, recordId), values),
    overwrite: (object, recordId, values) => write('PUT', pathOf(object, recordId), values),
    assert: (object, matchingAttribute, values) =>
      write('PUT', pathOf(object), values, matchingAttribute),
    async delete(object, recordId) {
      await send({
        method: 'DELETE',
        path: pathOf(object, recordId),
        answer: nothing,
        deletes: { kind: 'record', id: recordId },
      })
    },
  }
}

/** Creates the calls that answer with records. */
function createRecordCalls(send: Send, app: string) {
  const withSafeLink = async (
    wire: z.output<typeof wireRecordSchema>,
    turns: Turns,
  ): Promise<AttioRecord> => {
    const record = await recordFrom(wire, turns)
    return { ...record, webUrl: linkToAttio(record.webUrl, app) }
  }
  const answer: AnswerSchema<AttioRecord> = (turns) =>
    dataOf(wireRecordSchema.transform((wire) => withSafeLink(wire, turns)))(turns)
  const query = async (object: string, query: RecordQuery = {}, options?: ReadListOptions) => {
    const { filter, sorts, limit, offset } = checkRange(query)
    const { body } = await send({
      method: 'POST',
      path: pathOf(object, 'query'),
      body: { filter, sorts, limit, offset },
      answer: listFrom(wireRecordSchema, withSafeLink, options),
      isRead: true,
    })
    return body
  }
  const read = async (object: string, recordId: string) =>
    (await send({ method: 'GET', path: pathOf(object, recordId), answer })).body
  const write = async (
    method: 'POST' | 'PUT' | 'PATCH',
    path: readonly string[],
    values: RecordValues,
    matchingAttribute?: string,
  ) => {
    const query = { matching_attribute: matchingAttribute }
    return (await send({ method, path, query, body: { data: { values } }, answer })).body
  }
  return { query, read, write }
}

function pathOf(object: string, ...rest: readonly string[]): readonly string[] {
  return ['v2', 'objects', object, 'records', ...rest]
}

function requestAs(member: string | undefined): unknown {
  if (member === undefined) return { type: 'workspace' }
  return member.includes('@')
    ? { type: 'workspace-member', email_address: member }
    : { type: 'workspace-member', workspace_member_id: member }
}
