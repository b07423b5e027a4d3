// The names of the member and the record that a list is narrowed to.
import type { Connection } from '../../connections/connections.ts'
import { nameOf, type ListedRecord } from './listed-task.ts'
import { recordsInSight } from '../lookups/records-in-sight.ts'
import type { TaskFilters } from './task-filters.ts'
import type { TaskParts } from './task-parts.ts'

export interface NamedFilters {
  readonly member?: string | undefined
  readonly record?: Pick<ListedRecord, 'objectSlug' | 'name' | 'webUrl'> | undefined
}

/** Leaves out what no connection of the account knows. */
export async function nameFilters(
  { mirror }: Pick<TaskParts, 'mirror'>,
  { memberId, recordId }: Pick<TaskFilters, 'memberId' | 'recordId'>,
  connections: readonly Connection[],
): Promise<NamedFilters> {
  const everywhere = async <Found>(
    read: (of: Connection) => Promise<readonly Found[]>,
  ): Promise<Found | undefined> => (await Promise.all(connections.map(read))).flat()[0]
  const [member, record] = await Promise.all([
    memberId === undefined
      ? undefined
      : everywhere(({ connectionId }) => mirror.findMembers(new Map([[connectionId, [memberId]]]))),
    recordId === undefined
      ? undefined
      : everywhere(async (connection) =>
          recordsInSight(
            { mirror },
            await mirror.listRecords(new Map([[connection.connectionId, [recordId]]])),
            [connection],
          ),
        ),
  ])
  return { member: member && nameOf(member), record }
}
