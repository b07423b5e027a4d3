// Tasks of the standard world: the unusual ones first, then the requested number of ordinary ones.
import { fixedUuid } from '../ids.ts'
import type { LinkedRecord, Task } from '../world/entities.ts'
import type { SeedWorkspace } from './grow-workspace.ts'
import { growAcme, growGlobex } from './grown-workspaces.ts'
import { once } from './once.ts'
import { optionalObjects } from './schema/optional-objects.ts'
import { objectsOf, type SeedWorkspaceName } from './schema/seed-schemas.ts'
import { families, places, standard } from './standard.ts'
import { acmeSketches, globexSketches, type TaskSketch } from './task-sketches.ts'

const dayMs = 86_400_000

export function acmeTasks(at: number, count: number | undefined): Task[] {
  const first = acmeSketches(at)
  const total = count ?? first.length
  const sketches = Array.from({ length: total }, (_, index) => first[index] ?? filler(index, at))
  return sketches.map((sketch, index) => grow('acme', at, sketch, { index, total }))
}

export function globexTasks(at: number): Task[] {
  const sketches = globexSketches(at)
  const total = sketches.length
  return sketches.map((sketch, index) => grow('globex', at, sketch, { index, total }))
}

type Place = { readonly index: number; readonly total: number }

/** The older a task, the lower its number: from forty days ago until yesterday. */
function grow(
  name: SeedWorkspaceName,
  at: number,
  sketch: TaskSketch,
  { index, total }: Place,
): Task {
  const workspaceId = standard.workspaces[name].id
  const linkable = linkables[name]()
  const createdAt = at - 40 * dayMs + Math.floor((index / total) * 39 * dayMs)
  const linkedRecords = sketch.links.flatMap((number): LinkedRecord[] => {
    const record = linkable[number % linkable.length]
    return record ? [{ ...record }] : []
  })
  return {
    id: fixedUuid(families.task, places[name], index + 1),
    workspaceId,
    content: sketch.content,
    deadlineAt: sketch.deadlineAt,
    isCompleted: sketch.isCompleted,
    completedAt: sketch.isCompleted ? createdAt + dayMs / 2 : null,
    linkedRecords,
    assigneeIds: [...sketch.assigneeIds],
    createdByActor: {
      type: 'workspace-member',
      id: sketch.assigneeIds[0] ?? creators[name],
    },
    createdAt,
  }
}

/** Module state: the records that tasks link to, which are the same in every world. */
const linkables: Readonly<Record<SeedWorkspaceName, () => readonly LinkedRecord[]>> = {
  acme: once(() => linkable('acme', growAcme(0))),
  globex: once(() => linkable('globex', growGlobex(0))),
}

/** Returns all records but those of users and workspaces. */
function linkable(name: SeedWorkspaceName, { grown }: SeedWorkspace): readonly LinkedRecord[] {
  const kinds = objectsOf(name, 0).filter(({ slug }) => !optionalSlugs.has(slug))
  const objectIds = new Set(kinds.map(({ id }) => id))
  return grown.records
    .filter((record) => objectIds.has(record.objectId))
    .map((record) => ({ objectId: record.objectId, recordId: record.id }))
}

const optionalSlugs: ReadonlySet<string> = new Set(optionalObjects)

const creators: Readonly<Record<SeedWorkspaceName, string>> = {
  acme: standard.members.adaAtAcme,
  globex: standard.members.edithAtGlobex,
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
