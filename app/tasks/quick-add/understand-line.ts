// Quick add for one connection: reads a line of text with the members and records of the mirror.
import type { Connection } from '../../connections/connections.ts'
import type { Mirror } from '../mirror.ts'
import type { MemberId } from '../../support/ids.ts'
import type { FoundRecord } from '../reading/find-records.ts'
import { nameOf } from '../reading/listed-task.ts'
import type { Named } from './find-names.ts'
import { understandTask, type UnderstoodTask } from './understand-task.ts'

export interface NamedMember {
  readonly memberId: MemberId
  readonly name: string
}

export type UnderstoodLine = UnderstoodTask<NamedMember, FoundRecord>

export type LineConnection = Pick<Connection, 'connectionId' | 'memberId' | 'sees' | 'mayLink'>

export interface LineReader {
  /** Milliseconds since 1970. */
  readonly now: number
  readonly timeZone: string
  /** Phrases that the person turned back into text. */
  readonly kept: readonly string[]
}

/** Reads members and records only when the line has a mark for them. */
export async function understandLine(
  mirror: Pick<Mirror, 'listMembers' | 'listRecordNames'>,
  connection: LineConnection,
  line: string,
  reader: LineReader,
): Promise<UnderstoodLine> {
  const { connectionId, memberId, mayLink } = connection
  const [members, records] = await Promise.all([
    line.includes('@') ? mirror.listMembers([connectionId]) : [],
    line.includes('#') && mayLink ? mirror.listRecordNames(connection) : [],
  ])
  const people = members
    .filter(({ accessLevel }) => accessLevel !== 'suspended')
    .map((member): Named<NamedMember> => {
      const name = nameOf(member)
      const address = member.emailAddress
      return {
        value: { memberId: member.memberId, name },
        names: [
          `${member.firstName} ${member.lastName}`.trim(),
          name,
          member.firstName,
          member.lastName,
          address.split('@')[0] ?? '',
          ...(member.memberId === memberId ? ['me'] : []),
        ],
      }
    })
  return understandTask(line, {
    ...reader,
    people,
    records: records
      .filter(({ name }) => name !== '')
      .map((record) => ({ value: record, names: [record.name] })),
  })
}
