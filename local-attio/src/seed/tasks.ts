// Tasks of the standard world: the unusual ones first, then the requested number of ordinary ones.
import { fixedUuid } from '../ids.ts'
import type { LinkedRecord, Task } from '../world/entities.ts'
import type { AttioRecord } from '../world/records.ts'
import type { SeedWorkspace } from './grow-workspace.ts'
import { optionalObjects } from './optional-objects.ts'
import { families, standard } from './standard.ts'
import { acmeSketches, globexSketches, type TaskSketch } from './task-sketches.ts'

const dayMs = 86_400_000

export function acmeTasks(schema: SeedWorkspace, at: number, count: number | undefined): Task[] {
  const first = acmeSketches(at)
  const total = count ?? first.length
  const sketches = Array.from({ length: total }, (_, index) => first[index] ?? filler(index, at))
  const records = linkable(schema)
  return sketches.map((sketch, index) => grow(schema, at, sketch, { index, total, records }))
}

export function globexTasks(schema: SeedWorkspace, at: number): Task[] {
  const sketches = globexSketches(at)
  const records = linkable(schema)
  return sketches.map((sketch, index) =>
    grow(schema, at, sketch, { index, total: sketches.length, records }),
  )
}

type Place = {
  readonly index: number
  readonly total: number
  readonly records: readonly AttioRecord[]
}

/** The older a task, the lower its number: from forty days ago until yesterday. */
function grow(
  schema: SeedWorkspace,
  at: number,
  sketch: TaskSketch,
  { index, total, records }: Place,
): Task {
  const createdAt = at - 40 * dayMs + Math.floor((index / total) * 39 * dayMs)
  const linkedRecords = sketch.links.flatMap((number): LinkedRecord[] => {
    const record = records[number % records.length]
    return record ? [{ objectId: record.objectId, recordId: record.id }] : []
  })
  return {
    id: fixedUuid(families.task, schema.place, index + 1),
    workspaceId: schema.workspaceId,
    content: sketch.content,
    deadlineAt: sketch.deadlineAt,
    isCompleted: sketch.isCompleted,
    completedAt: sketch.isCompleted ? createdAt + dayMs / 2 : null,
    linkedRecords,
    assigneeIds: [...sketch.assigneeIds],
    createdByActor: {
      type: 'workspace-member',
      id: sketch.assigneeIds[0] ?? creators[schema.workspaceId] ?? null,
    },
    createdAt,
  }
}

/** Tasks of the seed are linked to people, companies, deals and robots. */
function linkable(schema: SeedWorkspace): readonly AttioRecord[] {
  const others = new Set(
    schema.grown.objects.filter((one) => optionalSlugs.has(one.slug)).map(({ id }) => id),
  )
  return schema.grown.records.filter((record) => !others.has(record.objectId))
}

const optionalSlugs: ReadonlySet<string> = new Set(optionalObjects)

const creators: Readonly<Record<string, string>> = {
  [standard.workspaces.acme.id]: standard.members.adaAtAcme,
  [standard.workspaces.globex.id]: standard.members.edithAtGlobex,
}

const verbs = ['Call', 'Write to', 'Visit', 'Send the quote to', 'Prepare the demo for']
const subjects = ['Initech', 'Hooli', 'Umbrella', 'Stark & Sons', 'Nakatomi', 'Wonka', 'Tyrell']
const matters = ['about the pilot', 'about spare parts', 'before the audit', 'for the renewal']

/** Yields ordinary tasks endlessly, the same ones every time. */
function filler(index: number, at: number): TaskSketch {
  const { adaAtAcme, benAtAcme, danaAtAcme } = standard.members
  const assignees = [[adaAtAcme], [benAtAcme], [], [danaAtAcme, adaAtAcme]]
  const midnight = Math.floor(at / dayMs) * dayMs
  const days = (index % 61) - 20
  return {
    content: `${pick(verbs, index)} ${pick(subjects, index)} ${pick(matters, index)} (no. ${index + 1})`,
    deadlineAt: index % 5 === 0 ? null : midnight + days * dayMs + (index % 24) * 3_600_000,
    isCompleted: index % 4 === 3,
    assigneeIds: pick(assignees, index) ?? [],
    links: index % 3 === 0 ? [index] : [],
  }
}

function pick<Item>(items: readonly Item[], index: number): Item | undefined {
  return items[index % items.length]
}
