// Requests for names that a sync or a refetch needs and could not read on the way.
import type { WebhookParts, Owner } from '../webhook-parts.ts'
import { asRefetchRequestId } from '../../support/ids.ts'
import { addRefetchRequests } from './refetch-request-store.ts'

export function createNameRequests({
  clock,
  database,
  ids,
}: Pick<WebhookParts, 'clock' | 'database' | 'ids'>) {
  return async (owner: Owner, about: 'names' | 'members'): Promise<void> => {
    const { accountId, connectionId } = owner
    const refetchRequestId = asRefetchRequestId(ids())
    const request = { accountId, connectionId, refetchRequestId, subject: { about } }
    await addRefetchRequests(database.db, [request], clock.now())
  }
}
