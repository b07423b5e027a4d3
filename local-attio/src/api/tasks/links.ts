// The records a task is linked to, in the three ways that Attio lets one name them.
import { z } from 'zod'
import { recordsWith } from '../../values/keys.ts'
import type { Attribute, LinkedRecord, Value } from '../../world/entities.ts'
import type { Call } from '../call.ts'
import { refuse } from '../errors.ts'
import { findObjectOr404 } from '../objects.ts'

const byText = z.string()
const byId = z.strictObject({ target_object: z.string(), target_record_id: z.guid('Invalid uuid') })
const byValue = z
  .object({ target_object: z.string() })
  .catchall(z.array(z.record(z.string(), z.json())).length(1))
  .refine((link) => Object.keys(link).length === 2, 'Exactly one matching attribute is required')

export const links = z.union([z.array(byText), z.array(z.union([byId, byValue]))])

type Links = z.infer<typeof links>

export function linkedRecordsOf(call: Call, links: Links): LinkedRecord[] {
  return links.flatMap((link) => {
    if (typeof link === 'string') return linkByText(call, link)
    const object = findObjectOr404(call.world, call.workspaceId, link.target_object)
    if (typeof link['target_record_id'] === 'string') {
      const record = call.world.records.get(link['target_record_id'].toLowerCase())
      // Seen: a record that does not exist is dropped without a word.
      return record?.objectId === object.id ? [{ objectId: object.id, recordId: record.id }] : []
    }
    const [[slug, values] = ['', []]] = Object.entries(link).filter(([, one]) => Array.isArray(one))
    return linkByValue(call, object.id, slug, typeof values === 'string' ? {} : values[0])
  })
}

/** "person@company.com" is a person, "company.com" a company. */
function linkByText(call: Call, text: string): LinkedRecord[] {
  const [slug, attribute, content] = text.includes('@')
    ? (['people', 'email_addresses', { email_address: text }] as const)
    : (['companies', 'domains', { domain: text }] as const)
  const object = findObjectOr404(call.world, call.workspaceId, slug)
  return linkByValue(call, object.id, attribute, content)
}

function linkByValue(
  call: Call,
  objectId: string,
  slugOrId: string,
  content: Value['content'] = {},
): LinkedRecord[] {
  const attribute = call.world
    .attributesOf(objectId)
    .find((one) => one.slug === slugOrId || one.id === slugOrId)
  if (!attribute) {
    throw refuse('value_not_found', `Attribute with slug/ID "${slugOrId}" was not found.`)
  }
  if (!attribute.isUnique) {
    throw refuse('validation_type', `Attribute with slug "${attribute.slug}" is not unique.`)
  }
  const [record] = recordsWith(call.world, attribute, asStored(attribute, content))
  if (!record) {
    throw refuse('value_not_found', `No record has that value of "${attribute.slug}".`)
  }
  return [{ objectId, recordId: record.id }]
}

/** Phone numbers are matched as they were written. */
function asStored(attribute: Attribute, content: Value['content']): Value['content'] {
  return attribute.type === 'phone-number'
    ? { phone_number: content['original_phone_number'] ?? null }
    : content
}
