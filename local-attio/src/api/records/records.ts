// Records of an object: query and get.
import { z } from 'zod'
import type { AttioRecord } from '../../world/entities.ts'
import type { Call, Handler } from '../call.ts'
import { notFound } from '../errors.ts'
import { objectOfPath } from '../objects.ts'
import { page, pageOfBody } from '../pagination.ts'
import { readBody, readUuid } from '../validation.ts'
import { compileFilter } from './filter.ts'
import { renderRecord } from './render.ts'
import { compileSorts, sorts } from './sorts.ts'

const recordQuery = z
  .strictObject({
    filter: z.record(z.string(), z.json()).optional(),
    sorts: sorts.optional(),
    ...pageOfBody({ byDefault: 500, most: 500 }),
  })
  .default({ limit: 500, offset: 0 })

export const queryRecords: Handler = (call) => {
  const object = objectOfPath(call)
  const wanted = readBody(call, recordQuery)
  const test = compileFilter(call.world, object, wanted.filter ?? {})
  const compare = compileSorts(call.world, object, wanted.sorts ?? [])
  const records = call.world.recordsOf(object.id)
  const order = compare ? records.sort(compare) : records
  call.answerHeaders.set('x-attio-record-query-score', '1')
  return { data: page(order, wanted, test).map((record) => renderRecord(call, record)) }
}

export const getRecord: Handler = (call) => ({ data: renderRecord(call, recordOfPath(call)) })

export function recordOfPath(call: Call): AttioRecord {
  const object = objectOfPath(call)
  const id = readUuid(call, 'record_id')
  const record = call.world.records.get(id)
  if (record?.objectId !== object.id) {
    throw notFound(`Record with ID "${id}" not found.`) // assumed wording
  }
  return record
}
