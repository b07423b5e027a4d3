// Names the member who approved a connection, if the mirror knows them.
import { nameOf } from '../../tasks/tasks.ts'
import type { Connection } from '../../connections/connections.ts'
import type { RouteParts } from '../web-parts.ts'

export async function approverName(
  { mirror }: Pick<RouteParts, 'mirror'>,
  { connectionId, memberId }: Pick<Connection, 'connectionId' | 'memberId'>,
): Promise<string | undefined> {
  if (memberId === undefined) return undefined
  const [member] = await mirror.findMembers(new Map([[connectionId, [memberId]]]))
  return member && nameOf(member)
}
