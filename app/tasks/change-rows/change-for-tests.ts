// Builds a change for tests, with defaults for every value that a test does not set.
import {
  asAccountId,
  asChangeId,
  asConnectionId,
  asTaskId,
  asWorkspaceId,
} from '../../support/ids.ts'
import type { StoredChange } from './stored-change.ts'

export function aChange(given: Partial<StoredChange> = {}): StoredChange {
  return {
    accountId: asAccountId('account'),
    changeId: asChangeId('change'),
    connectionId: asConnectionId('connection'),
    workspaceId: asWorkspaceId('workspace'),
    memberId: undefined,
    taskId: asTaskId('task'),
    sequence: 1,
    kind: 'update',
    wanted: {},
    base: {},
    createdTaskId: undefined,
    status: 'pending',
    problem: undefined,
    attempts: 1,
    unclearAnswers: 0,
    sentAt: undefined,
    firstSentAt: undefined,
    nextAttemptAt: 0,
    leasedUntil: 0,
    leaseNumber: 1,
    createdAt: 0,
    ...given,
  }
}
