// Determines which needed scopes a connection lacks, and the consequence. Without the read scopes it cannot exist;
// without the write scopes it is read-only; without webhooks it learns of changes late.
import {
  missingScopes,
  scopesToReadTasks,
  scopesToWriteNotes,
  scopesToWriteTasks,
} from '@taskr/attio'

const scopesToHearOfChanges = ['webhook:read-write'] as const

export interface Lack {
  /** The missing scopes as Attio spells them, in the order in which Taskr asks for them. */
  readonly scopes: readonly string[]
  /** The most serious consequence. */
  readonly costs: 'reading' | 'writing' | 'hearing'
}

/** Returns undefined when no scope is missing. */
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

/** True when changes may be sent to Attio. */
export function mayWrite(granted: readonly string[]): boolean {
  return missingForWriting(granted).length === 0
}

export function missingForWriting(granted: readonly string[]): readonly string[] {
  return missingScopes(scopesToWriteTasks, granted)
}

/** True when notes may be written on records. Taskr works without. */
export function mayWriteNotes(granted: readonly string[]): boolean {
  return missingForNotes(granted).length === 0
}

export function missingForNotes(granted: readonly string[]): readonly string[] {
  return missingScopes(scopesToWriteNotes, granted)
}

/** True when the scopes allow a webhook. */
export function mayHear(granted: readonly string[]): boolean {
  return missingScopes(scopesToHearOfChanges, granted).length === 0
}
