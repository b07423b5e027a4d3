// How a list may be compressed. The size of a compressed page tells an observer of the network whether two of its texts
// are alike (BREACH), so no text of an attacker is compressed together with the text of another (decision 36).
import { taskListAddress } from '../addresses.ts'
import type { Compression } from '../page-frames.ts'
import { readListQuery } from './list-query.ts'

/**
 * Returns undefined when a list repeats more of its address than IDs and choices of Taskr's. The members of one workspace
 * may read each other's tasks; of several, those of one are kept apart from those of another.
 */
export function compressionOfList(
  address: string,
  connections: readonly unknown[],
): Compression | undefined {
  const query = readListQuery(address)
  const { member, record, text, workspace } = query
  const isTaskrsOwn =
    text === undefined &&
    [member, record, workspace].every((id) => id === undefined || uuid.test(id)) &&
    address === taskListAddress(query)
  if (!isTaskrsOwn) return undefined
  return connections.length === 1 ? 'whole' : 'by-item'
}

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/
