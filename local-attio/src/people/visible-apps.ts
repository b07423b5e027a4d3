// Who sees which apps: those of one's own developer account, and those that a program registered,
// which belong to nobody.
import type { App, DeveloperAccount, Person, Workspace } from '../world/entities.ts'
import type { World } from '../world/world.ts'

export function accountOf(world: World, person: Person): DeveloperAccount | undefined {
  return world.developerAccounts.find((account) => account.personId === person.id)
}

/** One's own first, then those of programs, each in the order of their making. */
export function visibleApps(world: World, person: Person): App[] {
  const accountId = accountOf(world, person)?.id
  const apps = world.apps.all()
  return [
    ...apps.filter(
      (app) => app.developerAccountId !== null && app.developerAccountId === accountId,
    ),
    ...apps.filter(isOfProgram),
  ]
}

/** Registered by a program rather than made by a person. */
export function isOfProgram(app: App): boolean {
  return app.developerAccountId === null
}

export function findApp(world: World, person: Person, appId: string): App | undefined {
  const app = world.apps.get(appId)
  if (!app) return undefined
  const isVisible = isOfProgram(app) || app.developerAccountId === accountOf(world, person)?.id
  return isVisible ? app : undefined
}

/** The workspaces in which a person may install apps and make webhooks. */
export function administeredBy(world: World, person: Person): Workspace[] {
  return world.members
    .all()
    .filter((member) => member.personId === person.id && member.accessLevel === 'admin')
    .flatMap((member) => world.workspaces.get(member.workspaceId) ?? [])
}
