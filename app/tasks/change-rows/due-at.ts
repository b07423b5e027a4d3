// When a change becomes due. Changes that Attio cannot undo are held until the person can no longer undo them,
// either.
import type { Clock } from '../../support/clock.ts'
import type { ChangeKind } from './change.ts'

/** How long after a change it can be undone; deletes, replacements and notes are held that long. */
export const undoWithinMs = 10_000

export function dueAt(
  clock: Clock,
): (change: { readonly kind: ChangeKind; readonly createdAt: number }) => number {
  return ({ kind, createdAt }) =>
    kind === 'create' || kind === 'update' ? clock.now() : createdAt + undoWithinMs
}
