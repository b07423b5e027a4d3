// Quick add for one connection: reads a line of text with the members and records of the mirror.
import type { Connection } from '../../connections/connections.ts'
import type { Mirror, MirroredMember } from '../mirror.ts'
import type { MemberId } from '../../support/ids.ts'
import type { FoundRecord } from '../reading/find-records.ts'
import { nameOf } from '../reading/listed-task.ts'
import { typedWords } from '../searching/words.ts'
import { textsBehind, type Named } from './find-names.ts'
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
  mirror: Pick<Mirror, 'findMembers' | 'listRecordNames' | 'searchMembers'>,
  connection: LineConnection,
  line: string,
  reader: LineReader,
): Promise<UnderstoodLine> {
  const { memberId, mayLink } = connection
  const [members, records] = await Promise.all([
    listMentioned(mirror, connection, line),
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

/** The most members that a line's marks may mean. Where more fit, no mark means a single one. */
const mostMentioned = 500

/** Lists the members whose names begin as a word behind an `@` does, and the person themselves. */
async function listMentioned(
  mirror: Pick<Mirror, 'findMembers' | 'searchMembers'>,
  { connectionId, memberId }: LineConnection,
  line: string,
): Promise<readonly MirroredMember[]> {
  const words = textsBehind('@', line).flatMap((text) => typedWords(text).slice(0, 1))
  if (words.length === 0) return []
  const [found, me] = await Promise.all([
    mirror.searchMembers([connectionId], {
      clauses: [words.map((word) => ({ connectionId, ...word }))],
      limit: mostMentioned,
    }),
    mirror.findMembers(new Map([[connectionId, memberId === undefined ? [] : [memberId]]])),
  ])
  const isFound = new Set(found.map((member) => member.memberId))
  return [...found, ...me.filter((member) => !isFound.has(member.memberId))]
}
