// Finds the linked records of a task, in every form in which Attio lets a request name them.
import { z } from 'zod'
import { getRecord } from '../../values/references.ts'
import type { LinkedRecord } from '../../world/entities.ts'
import type { Call } from '../requests/call.ts'
import { refuse } from '../requests/errors.ts'
import { namedMembers } from '../requests/named-members.ts'
import { findObjectOr404 } from '../objects/objects.ts'

const byText = z.string()
const byId = z.object({ target_object: z.string(), target_record_id: z.guid('Invalid uuid') })
const byReference = z.object({
  target_object: z.string(),
  target_record_reference: z.object({
    match: namedMembers,
    if_multiple_matches: z.string().exactOptional(),
  }),
})
const byValue = z
  .object({ target_object: z.string() })
  .catchall(z.array(namedMembers).length(1))
  .refine((link) => Object.keys(link).length === 2, 'Exactly one matching attribute is required')

export const links = z.union([z.array(byText), z.array(z.union([byId, byReference, byValue]))])

type Links = z.infer<typeof links>

export function linkedRecordsOf(call: Call, links: Links): LinkedRecord[] {
  return links.flatMap((link) => {
    if (typeof link === 'string') return [linkByText(call, link)]
    const object = findObjectOr404(call.world, call.workspaceId, link.target_object)
    // Seen: an unknown id is dropped without an error.
    const record = getRecord(call.world, object, link)
    return record ? [{ objectId: object.id, recordId: record.id }] : []
  })
}

/** An e-mail address names a person, a domain names a company. */
function linkByText(call: Call, text: string): LinkedRecord {
  const isPerson = text.includes('@')
  const object = findObjectOr404(call.world, call.workspaceId, isPerson ? 'people' : 'companies')
  const record = getRecord(
    call.world,
    object,
    isPerson ? { email_addresses: [text] } : { domains: [text] },
  )
  if (!record) throw refuse('value_not_found', `No record is known as "${text}".`) // assumed
  return { objectId: object.id, recordId: record.id }
}
