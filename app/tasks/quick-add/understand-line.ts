// Quick add for one connection: reads a line of text with the members and records of the mirror.
import type { Connection } from '../../connections/connections.ts'
import type { Mirror, MirroredMember, RecordName } from '../mirror.ts'
import type { ConnectionId, MemberId } from '../../support/ids.ts'
import type { FoundRecord } from '../lookups/find-records.ts'
import { nameOf } from '../reading/listed-task.ts'
import { recordsInSight } from '../lookups/records-in-sight.ts'
import { typedWords } from '../searching/words.ts'
import { textsBehind, type Named } from './find-names.ts'
import { understandTask, type UnderstoodTask } from './understand-task.ts'

export interface NamedMember {
  readonly memberId: MemberId
  readonly name: string
}

export type UnderstoodLine = UnderstoodTask<NamedMember, FoundRecord>

export type LineConnection = Pick<Connection, 'connectionId' | 'memberId' | 'sees' | 'mayLink'>

type NameMirror = Pick<Mirror, 'findMembers' | 'listLinkedIds' | 'searchMembers' | 'searchRecords'>

export interface LineReader {
  /** Milliseconds since 1970. */
  readonly now: number
  readonly timeZone: string
  /** Phrases that the person turned back into text. */
  readonly kept: readonly string[]
}

/** Reads members and records only when the line has a mark for them. */
export async function understandLine(
  mirror: NameMirror,
  connection: LineConnection,
  line: string,
  reader: LineReader,
): Promise<UnderstoodLine> {
  const { memberId, mayLink } = connection
  const [members, records] = await Promise.all([
    listMentionedMembers(mirror, connection, line),
    mayLink ? listMentionedRecords(mirror, connection, line) : [],
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
  const understood = understandTask(line, {
    ...reader,
    people,
    records: records
      .filter(({ name }) => name !== '')
      .map((record) => ({ value: record, names: [record.name] })),
  })
  // Where Taskr may not read members or link records, no name can match.
  const isLookedFor = { person: memberId !== undefined, record: mayLink }
  return { ...understood, unmatched: understood.unmatched.filter(({ kind }) => isLookedFor[kind]) }
}

/** The most members or records that a line's marks may mean. Where more fit, no mark means a single one. */
const mostMentioned = 500

/** Lists the members whose names begin as a word behind an `@` does, and the person themselves. */
async function listMentionedMembers(
  mirror: Pick<Mirror, 'findMembers' | 'searchMembers'>,
  { connectionId, memberId }: LineConnection,
  line: string,
): Promise<readonly MirroredMember[]> {
  const search = searchBehind('@', line, connectionId)
  if (search === undefined) return []
  const [found, me] = await Promise.all([
    mirror.searchMembers([connectionId], search),
    mirror.findMembers(new Map([[connectionId, memberId === undefined ? [] : [memberId]]])),
  ])
  const isFound = new Set(found.map((member) => member.memberId))
  return [...found, ...me.filter((member) => !isFound.has(member.memberId))]
}

/** Lists the records in sight whose names begin as a word behind a `#` does. */
async function listMentionedRecords(
  mirror: Pick<Mirror, 'listLinkedIds' | 'searchRecords'>,
  connection: LineConnection,
  line: string,
): Promise<readonly RecordName[]> {
  const { connectionId } = connection
  const search = searchBehind('#', line, connectionId)
  if (search === undefined) return []
  const found = await mirror.searchRecords([connectionId], search)
  return await recordsInSight({ mirror }, found, [connection])
}

/** Returns the search for names that have the first word behind one of the marks; undefined without a mark. */
function searchBehind(mark: '@' | '#', line: string, connectionId: ConnectionId) {
  const words = textsBehind(mark, line).flatMap((text) => typedWords(text).slice(0, 1))
  if (words.length === 0) return undefined
  return { clauses: [words.map((word) => ({ connectionId, ...word }))], limit: mostMentioned }
}
