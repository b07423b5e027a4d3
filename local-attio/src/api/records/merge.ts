// POST /v2/objects/{object}/records/merge: merges two records into a new one.
import { z } from 'zod'
import { mergeRecords } from '../../edits/merge-records.ts'
import type { AttioObject, AttioRecord } from '../../world/records.ts'
import { objectOfPath } from '../objects/objects.ts'
import type { Call, Handler } from '../requests/call.ts'
import { notFound, refuse } from '../requests/errors.ts'
import { readBody } from '../requests/validation.ts'

const uuid = z.guid('Invalid uuid')
const body = z.object({
  data: z.object({ primary_record_id: uuid, secondary_record_id: uuid }),
})

export const mergeTwoRecords: Handler = (call) => {
  const object = objectOfPath(call)
  const { data } = readBody(call, body)
  const primary = recordWithId(call, object, data.primary_record_id)
  const secondary = recordWithId(call, object, data.secondary_record_id)
  if (primary.id === secondary.id) {
    throw refuse('self_merge', 'A record cannot be merged with itself.') // assumed
  }
  // assumed: the answer has no other member.
  return { data: { new_record_id: mergeRecords(call, primary, secondary).id } }
}

function recordWithId({ world }: Call, object: AttioObject, id: string): AttioRecord {
  const record = world.records.get(id.toLowerCase())
  if (record?.objectId === object.id) return record
  throw notFound(`Record with ID "${id}" not found.`)
}
