// The dependencies of the functions that read tasks, and for whom they read.
import type { Connections } from '../../connections/connections.ts'
import type { Clock } from '../../support/clock.ts'
import type { AccountId } from '../../support/ids.ts'
import type { Mirror } from '../mirror.ts'

export interface TaskParts {
  readonly connections: Pick<Connections, 'find' | 'list'>
  readonly mirror: Mirror
  readonly clock: Clock
}

/** The person whose calendar day decides which tasks are due. */
export interface TaskReader {
  readonly accountId: AccountId
  readonly timeZone: string
}
