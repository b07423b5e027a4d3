// Records of an object: query, get, create, assert, update, overwrite, delete.
import { z } from 'zod'
import { createRecord, deleteRecord, updateRecord } from '../../edits/records.ts'
import type { WriteMode } from '../../edits/values.ts'
import { recordsWith } from '../../values/keys.ts'
import { readContents, valuesInput, type Contents } from '../../values/read.ts'
import type { AttioObject, AttioRecord, Attribute } from '../../world/records.ts'
import { findAttribute } from '../../world/find.ts'
import type { Call, Handler } from '../requests/call.ts'
import { notFound, refuse } from '../requests/errors.ts'
import { objectOfPath, queriedObject } from '../objects/objects.ts'
import { select } from '../query/query-body.ts'
import { readBody, readQuery, readUuid } from '../requests/validation.ts'
import { renderRecord } from './render.ts'

const newRecord = z.object({ data: z.object({ values: valuesInput }) })
const recordChanges = z.object({ data: z.strictObject({ values: valuesInput }) })

export const queryRecords: Handler = (call) => {
  const object = queriedObject(call)
  const records = select(call, object.id, call.world.recordsOf(object.id))
  return { data: records.map((record) => renderRecord(call, record)) }
}

export const getRecord: Handler = (call) => ({ data: renderRecord(call, recordOfPath(call)) })

export const postRecord: Handler = (call) => {
  const object = objectOfPath(call)
  return {
    data: renderRecord(call, createRecord(call, object, contentsOf(call, object, newRecord))),
  }
}

/** Updates the record with the same value of a unique attribute, or creates a record. */
export const assertRecord: Handler = (call) => {
  const object = objectOfPath(call)
  const attribute = matchingAttribute(call, object)
  const contents = contentsOf(call, object)
  const record = matchingRecord(call, attribute, contents)
  if (!record) return { data: renderRecord(call, createRecord(call, object, contents)) }
  // The matching attribute keeps its other values; every other attribute is overwritten.
  const matching = new Map([[attribute, contents.get(attribute) ?? []]])
  const others = new Map(Array.from(contents).filter(([one]) => one !== attribute))
  const overwritten = updateRecord(call, record, others, 'overwrite')
  return { data: renderRecord(call, updateRecord(call, overwritten, matching, 'append')) }
}

export const patchRecord: Handler = (call) => write(call, 'append')

export const putRecord: Handler = (call) => write(call, 'overwrite')

export const removeRecord: Handler = (call) => {
  deleteRecord(call, recordOfPath(call))
  return {}
}

function write(call: Call, mode: WriteMode): object {
  const record = recordOfPath(call)
  const contents = contentsOf(call, objectOfPath(call))
  return { data: renderRecord(call, updateRecord(call, record, contents, mode)) }
}

function contentsOf(
  call: Call,
  object: AttioObject,
  body: typeof newRecord | typeof recordChanges = recordChanges,
): Contents {
  return readContents(call, object.id, readBody(call, body).data.values)
}

export function recordOfPath(call: Call): AttioRecord {
  const object = objectOfPath(call)
  const id = readUuid(call, 'record_id')
  const record = call.world.records.get(id)
  if (record?.objectId !== object.id) throw notFound(`Record with ID "${id}" not found.`)
  return record
}

const assertQuery = z.object({ matching_attribute: z.string() })

function matchingAttribute(call: Call, object: AttioObject): Attribute {
  const { matching_attribute: slugOrId } = readQuery(call, assertQuery)
  const attribute = findAttribute(call.world, object.id, slugOrId)
  if (!attribute) {
    throw refuse(
      'value_not_found',
      `No attribute was found for matching_attribute slug/ID "${slugOrId}".`,
    )
  }
  if (attribute.isUnique && attribute.isWritable) return attribute
  throw refuse('validation_type', `Attribute with slug "${attribute.slug}" is not unique.`) // assumed
}

function matchingRecord(
  { world }: Call,
  attribute: Attribute,
  contents: Contents,
): AttioRecord | undefined {
  const values = contents.get(attribute) ?? []
  if (values.length === 0) {
    throw refuse(
      'missing_value',
      `Required value for attribute with ID "${attribute.id}" was not provided.`,
    )
  }
  const records = new Set(values.flatMap((content) => recordsWith(world, attribute, content)))
  if (records.size <= 1) return Array.from(records)[0]
  throw refuse('multiple_match_results', 'More than one record has one of these values.') // assumed
}
