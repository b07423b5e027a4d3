// What the functions that read tasks are made of, and who reads.
import type { Connections } from '../../connections/connections.ts'
import type { Clock } from '../../support/clock.ts'
import type { AccountId } from '../../support/ids.ts'
import type { Mirror } from '../mirror.ts'

export interface TaskParts {
  readonly connections: Pick<Connections, 'list'>
  readonly mirror: Mirror
  readonly clock: Clock
}

/** The person whose own day decides what is due. */
export interface TaskReader {
  readonly accountId: AccountId
  readonly timeZone: string
}
