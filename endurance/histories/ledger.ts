// Records the requested changes and every state of the tasks in Attio. At the end it checks that every acknowledged
// change was made exactly once, or is listed as refused.
import assert from 'node:assert/strict'
import type { ChangeInList } from '../../app/tasks/changes.ts'
import type { Changing } from '../../testing/in-process/task-changes.ts'

type AttioTask = ReturnType<Changing['inAttio']>[number]

export interface Ledger {
  /** Records Attio's tasks; called after every step that may have changed them. */
  readonly record: () => void
  /** Records a change that Taskr has accepted, and the assignees that the person saw when they made it. */
  readonly acknowledged: (change: ChangeInList, assigneesBefore: readonly string[]) => void
  readonly withdrawn: (change: ChangeInList) => void
  readonly check: (failed: readonly ChangeInList[]) => void
  /** Returns the last acknowledged change. */
  readonly last: () => ChangeInList | undefined
  readonly counts: () => { readonly changes: number; readonly failed: number }
}

export function createLedger(inAttio: Changing['inAttio']): Ledger {
  const seen = new Map<string, SeenTask>()
  const changes: ChangeInList[] = []
  const assigneesBefore = new Map<string, readonly string[]>()
  const withdrawn = new Set<string>()
  let failures = 0

  const idsOf = (content: string): string[] =>
    [...seen].flatMap(([id, task]) => (task.content === content ? [id] : []))

  const happened = (change: ChangeInList, lineage: readonly string[]): boolean => {
    switch (change.kind) {
      case 'create':
      case 'replace':
        return idsOf(change.content).length === 1
      case 'delete':
        return !inAttio().some(({ id }) => lineage.includes(id))
      // Histories write no notes.
      case 'note':
        return false
      case 'update':
        return lineage.some((id) =>
          hasBeen(seen.get(id), change, assigneesBefore.get(change.changeId) ?? []),
        )
    }
  }

  return {
    record: () => {
      for (const task of inAttio()) {
        const known = seen.get(task.id) ?? seeFirst(task)
        seen.set(task.id, known)
        known.states.add(`deadlineAt ${task.deadlineAt}`).add(`isCompleted ${task.isCompleted}`)
        known.assignees.set(task.assigneeIds.toSorted().join(' '), task.assigneeIds)
      }
    },
    acknowledged: (change, before) => {
      if (assigneesBefore.has(change.changeId)) return
      assigneesBefore.set(change.changeId, before)
      changes.push(change)
    },
    withdrawn: ({ changeId }) => withdrawn.add(changeId),
    last: () => changes.at(-1),
    counts: () => ({ changes: changes.length, failed: failures }),
    check: (failed) => {
      failures = failed.length
      for (const change of changes) {
        const made =
          change.kind === 'create' || change.kind === 'replace' ? idsOf(change.content) : []
        assert.ok(made.length <= 1, `${say(change)} happened ${made.length} times`)
        if (withdrawn.has(change.changeId)) {
          assert.equal(made.length, 0, `${say(change)} was withdrawn and happened`)
          continue
        }
        const isRefused = failed.some((one) => isSame(one, change))
        const lineage = lineageOf(change, { changes, withdrawn, idsOf })
        if (isRefused || lineage === 'withdrawn') continue
        assert.ok(happened(change, lineage), `${say(change)} was lost`)
      }
    },
  }
}

/** True for the same change, or for a part of it listed on its own after a conflict. */
function isSame(failed: ChangeInList, change: ChangeInList): boolean {
  return (
    failed.changeId === change.changeId ||
    (failed.problem?.kind === 'conflict' &&
      failed.createdAt === change.createdAt &&
      JSON.stringify(failed.wanted) === JSON.stringify(change.wanted))
  )
}

/** Returns every ID that a change's task has had: its own, that of its creation, and those of its replacements. */
function lineageOf(
  change: ChangeInList,
  known: {
    readonly changes: readonly ChangeInList[]
    readonly withdrawn: ReadonlySet<string>
    readonly idsOf: (content: string) => readonly string[]
  },
): readonly string[] | 'withdrawn' {
  const ids = new Set<string>([change.taskId, ...known.idsOf(change.content)])
  for (let size = 0; size < ids.size;) {
    size = ids.size
    for (const other of known.changes) {
      if (other.kind !== 'create' && other.kind !== 'replace') continue
      const isOfIt = other.kind === 'create' ? ids.has(other.changeId) : ids.has(other.taskId)
      if (!isOfIt) continue
      if (other.kind === 'create' && known.withdrawn.has(other.changeId)) return 'withdrawn'
      for (const id of known.idsOf(other.content)) ids.add(id)
    }
  }
  return [...ids]
}

interface SeenTask {
  readonly content: string
  /** Every deadline and completion that the task has had. */
  readonly states: Set<string>
  /** Every list of assignees that the task has had. */
  readonly assignees: Map<string, readonly string[]>
}

function seeFirst({ content }: AttioTask): SeenTask {
  return { content, states: new Set(), assignees: new Map() }
}

/** Of a list only the difference counts: Taskr keeps assignees that other people added meanwhile. */
function hasBeen(
  task: SeenTask | undefined,
  { wanted }: ChangeInList,
  assigneesBefore: readonly string[],
): boolean {
  const { deadlineAt, isCompleted, assigneeIds = assigneesBefore } = wanted
  const after = new Set<string>(assigneeIds)
  const removed = assigneesBefore.filter((id) => !after.has(id))
  const added = [...after].filter((id) => !assigneesBefore.includes(id))
  const wantedStates = [
    ...(deadlineAt === undefined ? [] : [`deadlineAt ${deadlineAt}`]),
    ...(isCompleted === undefined ? [] : [`isCompleted ${isCompleted}`]),
  ]
  return (
    task !== undefined &&
    wantedStates.every((state) => task.states.has(state)) &&
    [...task.assignees.values()].some(
      (ids) => added.every((id) => ids.includes(id)) && !removed.some((id) => ids.includes(id)),
    )
  )
}

function say(change: ChangeInList): string {
  return `${change.kind} of “${change.content}” (${JSON.stringify(change.wanted)})`
}
