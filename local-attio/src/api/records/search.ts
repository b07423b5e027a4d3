// POST /v2/objects/records/search: records of several objects by name, address, domain or number.
import { z } from 'zod'
import { recordText, searchTexts, textsOf } from '../../values/display.ts'
import type { AttioObject, AttioRecord } from '../../world/records.ts'
import { findAttribute, findObject } from '../../world/find.ts'
import type { World } from '../../world/world.ts'
import type { Call, Handler } from '../requests/call.ts'
import { refuse } from '../requests/errors.ts'
import { readBody } from '../requests/validation.ts'

const body = z.object({
  query: z.string().max(256),
  limit: z.number().int().min(1).max(25).default(25),
  objects: z.array(z.string()).min(1),
  request_as: z.union([
    z.object({ type: z.literal('workspace') }),
    z.object({ type: z.literal('workspace-member'), workspace_member_id: z.guid() }),
    z.object({ type: z.literal('workspace-member'), email_address: z.email() }),
  ]),
})

export const searchRecords: Handler = (call) => {
  const wanted = readBody(call, body)
  requireMember(call, wanted.request_as)
  const words = wanted.query.toLowerCase().split(/\s+/).filter(Boolean)
  const found = wanted.objects
    .map((slugOrId) => getObject(call, slugOrId))
    .flatMap((object) =>
      call.world.recordsOf(object.id).filter((record) => isMeant(call.world, record, words)),
    )
  return { data: found.slice(0, wanted.limit).map((record) => renderFound(call.world, record)) }
}

/** True when each word is part of one of the texts. Attio itself matches fuzzily. */
function isMeant(world: World, record: AttioRecord, words: readonly string[]): boolean {
  const text = searchTexts(world, record).join('\n').toLowerCase()
  return words.every((word) => text.includes(word))
}

function getObject({ world, workspaceId }: Call, slugOrId: string): AttioObject {
  const object = findObject(world, workspaceId, slugOrId)
  if (!object) throw refuse('value_not_found', `Object with slug/ID "${slugOrId}" not found.`)
  return object
}

function requireMember(
  { world, workspaceId }: Call,
  requestAs: z.infer<typeof body>['request_as'],
): void {
  if (requestAs.type === 'workspace') return
  const wanted =
    'email_address' in requestAs ? requestAs.email_address : requestAs.workspace_member_id
  const isThere = world
    .membersOf(workspaceId)
    .some((member) => member.id === wanted || member.emailAddress === wanted)
  if (!isThere) throw refuse('value_not_found', `Workspace member "${wanted}" was not found.`) // assumed
}

function renderFound(world: World, record: AttioRecord) {
  const slug = world.objects.get(record.objectId)?.slug ?? ''
  const texts = (name: string): string[] => {
    const attribute = findAttribute(world, record.objectId, name)
    return attribute ? textsOf(record, attribute) : []
  }
  return {
    id: { workspace_id: record.workspaceId, object_id: record.objectId, record_id: record.id },
    record_text: recordText(world, record),
    record_image: null,
    object_slug: slug,
    ...(slug === 'people' && {
      email_addresses: texts('email_addresses'),
      phone_numbers: texts('phone_numbers'),
    }),
    ...(slug === 'companies' && { domains: texts('domains') }),
  }
}
