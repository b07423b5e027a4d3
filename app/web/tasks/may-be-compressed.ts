// When a list may be compressed. The size of a compressed page tells an observer of the network whether two of its texts
// are alike (BREACH), so the page may hold no text of an attacker beside the text of another (decision 36).
import { taskListAddress } from '../addresses.ts'
import { readListQuery } from './list-query.ts'

/**
 * True when a list repeats nothing of its address but IDs and choices of Taskr's, and all its texts come from one
 * workspace, whose members may read each other's tasks.
 */
export function mayListBeCompressed(address: string, connections: readonly unknown[]): boolean {
  const query = readListQuery(address)
  const { member, record, text, workspace } = query
  return (
    connections.length === 1 &&
    text === undefined &&
    [member, record, workspace].every((id) => id === undefined || uuid.test(id)) &&
    address === taskListAddress(query)
  )
}

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/
