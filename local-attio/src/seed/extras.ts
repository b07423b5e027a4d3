// A list with entries, a private list, a note and a thread of comments.
import { fixedUuid } from '../ids.ts'
import type { Actor } from '../world/entities.ts'
import { hiringId, pipelineId } from './schema/acme-schema.ts'
import type { SeedWorkspace } from './grow-workspace.ts'
import { schemaOf } from './schema/seed-schemas.ts'
import { found } from './schema/sketches.ts'
import { families, standard } from './standard.ts'

const dayMs = 86_400_000

export function acmeExtras(schema: SeedWorkspace, at: number): void {
  const born = at - 20 * dayMs
  addPipeline(schema, born)
  addPrivateList(schema, born)
  addNote(schema, born)
  addThread(schema, born)
}

const ada: Actor = { type: 'workspace-member', id: standard.members.adaAtAcme }
const ben: Actor = { type: 'workspace-member', id: standard.members.benAtAcme }

function addPipeline(
  { grown, workspaceId, place, ...schema }: SeedWorkspace,
  createdAt: number,
): void {
  const parentObjectId = schema.objectId('companies')
  grown.lists.push({
    id: pipelineId,
    workspaceId,
    slug: 'pipeline',
    name: 'Pipeline',
    parentObjectId,
    workspaceAccess: 'full-access',
    memberAccess: [],
    createdByActor: ada,
    createdAt,
  })
  const priority = schema.attributeOf(pipelineId, 'priority')
  const companies = grown.records.filter((record) => record.objectId === parentObjectId)
  for (const [index, title] of ['High', 'Low'].entries()) {
    const value = {
      activeFrom: createdAt,
      activeUntil: null,
      createdByActor: ada,
      content: { option_id: schemaOf('acme').optionId(priority.id, title) },
    }
    grown.entries.push({
      id: fixedUuid(families.entry, place, index + 1),
      workspaceId,
      listId: pipelineId,
      parentRecordId: companies[index]?.id ?? '',
      createdByActor: ada,
      createdAt: createdAt + index,
      values: { [priority.id]: [value] },
    })
  }
}

/** A list that only Ada may see in Attio. */
function addPrivateList({ grown, workspaceId, ...schema }: SeedWorkspace, createdAt: number): void {
  grown.lists.push({
    id: hiringId,
    workspaceId,
    slug: 'hiring',
    name: 'Hiring',
    parentObjectId: schema.objectId('people'),
    workspaceAccess: null,
    memberAccess: [{ memberId: standard.members.adaAtAcme, level: 'full-access' }],
    createdByActor: ada,
    createdAt,
  })
}

function addNote({ grown, workspaceId, place, ...schema }: SeedWorkspace, createdAt: number): void {
  const parentObjectId = schema.objectId('people')
  const parent = found(grown.records, (record) => record.objectId === parentObjectId)
  grown.notes.push({
    id: fixedUuid(families.note, place, 1),
    workspaceId,
    parentObjectId,
    parentRecordId: parent.id,
    title: 'First call',
    meetingId: null,
    contentPlaintext: 'Wants the compiler line by spring.',
    contentMarkdown: 'Wants the **compiler line** by spring.',
    createdByActor: ada,
    createdAt,
  })
}

function addThread(
  { grown, workspaceId, place, ...schema }: SeedWorkspace,
  createdAt: number,
): void {
  const objectId = schema.objectId('companies')
  const record = found(grown.records, (one) => one.objectId === objectId)
  const remarks = [
    [ada, 'Who talks to their lawyers?'],
    [ben, 'I do, on Thursday.'],
  ] as const
  for (const [index, [author, content]] of remarks.entries()) {
    grown.comments.push({
      id: fixedUuid(families.comment, place, index + 1),
      workspaceId,
      threadId: fixedUuid(families.comment, place, 1),
      objectId,
      recordId: record.id,
      listId: null,
      entryId: null,
      content,
      author,
      resolvedAt: null,
      resolvedBy: null,
      createdAt: createdAt + index,
    })
  }
}
