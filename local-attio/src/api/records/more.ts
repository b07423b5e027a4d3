// The values of one attribute of a record, and the record's entries in lists.
import { z } from 'zod'
import { replaceRecordHistory } from '../../edits/history.ts'
import { timestamp } from '../../timestamps.ts'
import { listValues } from '../attributes/list-values.ts'
import { readHistory, renderHistory } from '../attributes/write-values.ts'
import type { Handler } from '../requests/call.ts'
import { page, pageOfQuery } from '../requests/pagination.ts'
import { readQuery } from '../requests/validation.ts'
import { recordOfPath } from './records.ts'

export const listRecordValues: Handler = (call) => listValues(call, recordOfPath(call))

export const putRecordValues: Handler = (call) => {
  const record = recordOfPath(call)
  const { attribute, values } = readHistory(call, record)
  replaceRecordHistory(call.world, record, attribute, values)
  return renderHistory(call, attribute, values)
}

const query = z.object(pageOfQuery({ byDefault: 100, most: 1000 }))

export const listRecordEntries: Handler = (call) => {
  const record = recordOfPath(call)
  const wanted = readQuery(call, query)
  const entries = call.world.listsOf(call.workspaceId).flatMap((list) =>
    call.world
      .entriesOf(list.id)
      .filter((entry) => entry.parentRecordId === record.id)
      .map((entry) => ({
        list_id: list.id,
        list_api_slug: list.slug,
        entry_id: entry.id,
        created_at: timestamp(entry.createdAt),
      })),
  )
  return { data: page(entries, wanted) }
}
