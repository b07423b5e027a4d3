// Who works through a connection, and whom its owner can invite: a page of each, by name.
import type { SeatList } from '../../connections/connections.ts'
import { hasTypedWords, type MirroredMember } from '../../tasks/mirror.ts'
import type { RouteParts } from '../web-parts.ts'
import type { PagePosition } from '../ui/pager.ts'
import type { Person, PersonState } from './views/people.ts'

export interface PeopleQuery {
  /** Narrows both lists to names and e-mail addresses that have these words. */
  readonly text: string
  /** From 1, as below. */
  readonly inPage: number
  readonly page: number
}

export interface ListedPeople {
  /** The owner and the people who have a seat. */
  readonly isIn: readonly Person[]
  readonly inPosition: PagePosition
  readonly others: readonly Person[]
  readonly position: PagePosition
}

const perPage = 50

export async function listPeople(
  parts: Pick<RouteParts, 'clock' | 'mirror' | 'tasks'>,
  list: SeatList,
  { inPage, page, text }: PeopleQuery,
): Promise<ListedPeople> {
  const { connectionId, memberId } = list.connection
  const without = [memberId, ...list.seats.map((seat) => seat.memberId)].flatMap((id) => id ?? [])
  const [known, colleagues] = await Promise.all([
    parts.mirror.findMembers(new Map([[connectionId, without]])),
    parts.tasks.listColleagues(connectionId, { text, without, page, perPage }),
  ])
  const now = parts.clock.now()
  const isIn = known
    .map((member) => personOf(list, member, now))
    .filter(({ emailAddress, name }) => hasTypedWords(`${name} ${emailAddress}`, text))
    .toSorted(ownerFirst)
  const inPages = Math.max(1, Math.ceil(isIn.length / perPage))
  const shown = Math.min(inPage, inPages)
  return {
    isIn: isIn.slice((shown - 1) * perPage, shown * perPage),
    inPosition: { page: shown, pages: inPages },
    others: colleagues.members.map((member) => personOf(list, member, now)),
    position: { page: colleagues.page, pages: colleagues.pages },
  }
}

function ownerFirst(one: Person, other: Person): number {
  const rank = ({ state }: Person): number => (state.kind === 'owner' ? 0 : 1)
  return rank(one) - rank(other) || one.name.localeCompare(other.name, 'en')
}

function personOf(list: SeatList, member: MirroredMember, now: number): Person {
  const { emailAddress, firstName, lastName, memberId } = member
  const name = `${firstName} ${lastName}`.trim() || emailAddress
  return { memberId, name, emailAddress, state: stateOf(list, member, now) }
}

function stateOf(list: SeatList, member: MirroredMember, now: number): PersonState {
  const { memberId } = member
  if (memberId === list.connection.memberId) return { kind: 'owner' }
  const seat = list.seats.find((one) => one.memberId === memberId)
  if (seat !== undefined) {
    const { accountId, joinedAt, lastSeenAt } = seat
    return { kind: 'in', accountId, joinedAt, lastSeenAt, rights: seat }
  }
  if (member.accessLevel === 'suspended') return { kind: 'suspended' }
  const open = list.invitations.find((one) => one.memberId === memberId && one.usedAt === undefined)
  if (open === undefined) return { kind: 'out' }
  const { expiresAt } = open
  return { kind: 'invited', rights: open, expiresAt, isExpired: expiresAt <= now }
}
