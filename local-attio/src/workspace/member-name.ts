// Returns a member's name, or the e-mail address of a member without one.
import type { Member } from '../world/access.ts'

export function memberName({ firstName, lastName, emailAddress }: Member): string {
  return `${firstName} ${lastName}`.trim() || emailAddress
}

/** Returns two initials for an avatar. */
export function initials(member: Member): string {
  const [first = '', second = ''] = memberName(member).split(/[\s@]+/)
  return `${first.slice(0, 1)}${second.slice(0, 1)}`.toUpperCase()
}
