// POST …/linked-records and …/linked-records/removal: links a record to a task, or unlinks it.
import { z } from 'zod'
import type { TaskReference } from '../../../tasks/changes.ts'
import { signedIn } from '../../pages.ts'
import { readForm } from '../../read-form.ts'
import type { RouteParts, WebContext } from '../../web-parts.ts'
import { taskNamesOf } from '../task-page.ts'
import { answerChange } from './answer-change.ts'
import { changeFields, requestKeyOf } from './change-form.ts'

const recordFields = {
  ...changeFields,
  targetObject: z.string().min(1).max(200),
  recordId: z.string().min(1).max(64),
}

export async function linkRecord(parts: RouteParts, context: WebContext): Promise<Response> {
  return await changeRecords(parts, context, 'linked')
}

export async function unlinkRecord(parts: RouteParts, context: WebContext): Promise<Response> {
  return await changeRecords(parts, context, 'unlinked')
}

async function changeRecords(
  parts: RouteParts,
  context: WebContext,
  what: 'linked' | 'unlinked',
): Promise<Response> {
  const reference = taskNamesOf(context, signedIn(context))
  const form = await readForm(context, recordFields)
  const { targetObject, recordId, returnTo } = form
  const link = [{ targetObject, recordId }]
  // The person adds or removes this one link; the others are not theirs to set.
  const [linkedRecords, seen] = what === 'linked' ? [link, []] : [[], link]
  const key = requestKeyOf(context, form)
  const recorded = await parts.changes.update(reference, { linkedRecords }, key, {
    linkedRecords: seen,
  })
  const detail = await findRecordName(parts, reference, recordId)
  return answerChange(parts, context, recorded, { what, detail, returnTo: `${returnTo}#records` })
}

async function findRecordName(
  { mirror }: RouteParts,
  { connectionId }: TaskReference,
  recordId: string,
): Promise<string | undefined> {
  const [record] = await mirror.listRecords(new Map([[connectionId, [recordId]]]))
  return record === undefined || record.name === '' ? undefined : record.name
}
