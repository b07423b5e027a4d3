// Formats people's names for pages.
import type { Person } from '../world/access.ts'
import type { World } from '../world/world.ts'

/** "Admin of Acme Robotics · Member of Globex" */
export function rolesInWords(world: World, person: Person): string {
  const roles = world.members
    .all()
    .filter((member) => member.personId === person.id)
    .map((member) => {
      const workspace = world.workspaces.get(member.workspaceId)?.name ?? ''
      return `${roleWords[member.accessLevel]} ${workspace}`
    })
  return roles.length > 0 ? roles.join(' · ') : 'In no workspace'
}

const roleWords = {
  admin: 'Admin of',
  member: 'Member of',
  suspended: 'Suspended in',
} as const

/** A name may be empty, as in Attio. */
export function displayName(person: Person): string {
  return `${person.firstName} ${person.lastName}`.trim() || '(no name)'
}
