// Which of the scopes that Taskr needs a connection lacks, and what that costs. Without those to read it is no
// connection; without those to write it is one that only reads; without webhooks it hears of changes late.
import { missingScopes, scopesToReadTasks, scopesToWriteTasks } from '@taskr/attio'

const scopesToHearOfChanges = ['webhook:read-write'] as const

export interface Lack {
  /** As Attio spells them, in the order in which they are asked for. */
  readonly scopes: readonly string[]
  /** The worst of what Taskr can no longer do. */
  readonly costs: 'reading' | 'writing' | 'hearing'
}

/** Undefined when nothing is missing. */
export function lackOf(granted: readonly string[]): Lack | undefined {
  const scopes = missingScopes([...scopesToWriteTasks, ...scopesToHearOfChanges], granted)
  if (scopes.length === 0) return undefined
  return {
    scopes,
    costs: !mayRead(granted) ? 'reading' : !mayWrite(granted) ? 'writing' : 'hearing',
  }
}

export function mayRead(granted: readonly string[]): boolean {
  return missingScopes(scopesToReadTasks, granted).length === 0
}

/** Whether changes may be carried to Attio. */
export function mayWrite(granted: readonly string[]): boolean {
  return missingForWriting(granted).length === 0
}

export function missingForWriting(granted: readonly string[]): readonly string[] {
  return missingScopes(scopesToWriteTasks, granted)
}

/** Whether Attio can be asked to tell of changes. */
export function mayHear(granted: readonly string[]): boolean {
  return missingScopes(scopesToHearOfChanges, granted).length === 0
}
