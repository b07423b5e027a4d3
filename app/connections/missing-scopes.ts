// Which of the scopes that Taskr needs a connection lacks. Without those to read it is no connection; without those to
// write it is one that only reads.
import { missingScopes, scopesToReadTasks, scopesToWriteTasks } from '@taskr/attio'

export function missingFrom(granted: readonly string[]): readonly string[] {
  return missingScopes(scopesToWriteTasks, granted)
}

export function missingForReading(granted: readonly string[]): readonly string[] {
  return missingScopes(scopesToReadTasks, granted)
}

/** Whether changes may be carried to Attio. */
export function mayWrite(granted: readonly string[]): boolean {
  return missingFrom(granted).length === 0
}
