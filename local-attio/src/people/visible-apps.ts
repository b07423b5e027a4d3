// The apps that a person sees: those of their developer account, and those registered by programs.
import type { App, DeveloperAccount, Person, Workspace } from '../world/access.ts'
import type { World } from '../world/world.ts'

export function accountOf(world: World, person: Person): DeveloperAccount | undefined {
  return world.developerAccounts.find((account) => account.personId === person.id)
}

/** Returns the person's own apps, then programs' apps, each in order of creation. */
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

/** True for an app that a program registered. */
export function isOfProgram(app: App): boolean {
  return app.developerAccountId === null
}

export function findApp(world: World, person: Person, appId: string): App | undefined {
  const app = world.apps.get(appId)
  if (!app) return undefined
  const isVisible = isOfProgram(app) || app.developerAccountId === accountOf(world, person)?.id
  return isVisible ? app : undefined
}

/** Returns the workspaces in which a person may install apps and make webhooks. */
export function administeredBy(world: World, person: Person): Workspace[] {
  return world.members
    .all()
    .filter((member) => member.personId === person.id && member.accessLevel === 'admin')
    .flatMap((member) => world.workspaces.get(member.workspaceId) ?? [])
}
