// Which of the scopes that Taskr needs a connection lacks.
import { missingScopes, scopesToReadTasks } from '@taskr/attio'

export function missingFrom(granted: readonly string[]): readonly string[] {
  return missingScopes(scopesToReadTasks, granted)
}
