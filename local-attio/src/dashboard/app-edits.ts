// A developer's edits of an app. Callers have checked the input.
import { slugOf } from '../control/apps.ts'
import type { Parts } from '../parts.ts'
import type { App, DeveloperAccount, Person } from '../world/access.ts'
import { deleteWebhooksOfApp } from '../webhooks/webhooks.ts'
import type { World } from '../world/world.ts'

export function createAccount(parts: Parts, person: Person, name: string): DeveloperAccount {
  const { world, ids, clock } = parts
  return world.transact(() =>
    world.developerAccounts.put({
      id: ids.uuid(),
      name,
      personId: person.id,
      createdAt: clock.now(),
    }),
  )
}

/** Creates an app: OAuth off, no scopes, unpublished. */
export function createApp(parts: Parts, account: DeveloperAccount, name: string): App {
  const { world, ids, clock } = parts
  return world.transact(() =>
    world.apps.put({
      id: ids.uuid(),
      developerAccountId: account.id,
      name,
      slug: freshSlug(world, name),
      isOauthEnabled: false,
      clientSecret: ids.secret(),
      redirectUris: [],
      scopes: [],
      isPublished: false,
      createdAt: clock.now(),
    }),
  )
}

export type AppChanges = Partial<
  Pick<App, 'name' | 'isOauthEnabled' | 'redirectUris' | 'scopes' | 'isPublished'>
>

export function changeApp({ world }: Parts, app: App, changes: AppChanges): App {
  return world.transact(() => world.apps.put({ ...app, ...changes }))
}

/** Rotates the client secret. assumed: the old secret ends at once, and granted tokens stay valid. */
export function rotateSecret({ world, ids }: Parts, app: App): App {
  return world.transact(() => world.apps.put({ ...app, clientSecret: ids.secret() }))
}

/** Deletes an app with its installations, codes, tokens and webhooks. */
export function deleteApp({ world }: Parts, app: App): void {
  world.transact(() => {
    for (const collection of [world.installations, world.authorizationCodes, world.accessTokens]) {
      for (const one of collection.all()) if (one.appId === app.id) collection.remove(one.id)
    }
    for (const { id } of world.workspaces.all()) deleteWebhooksOfApp(world, app.id, id)
    world.apps.remove(app.id)
  })
}

function freshSlug(world: World, name: string): string {
  const slug = slugOf(name) || 'app'
  const taken = new Set(world.apps.all().map((app) => app.slug))
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? slug : `${slug}-${number}`
    if (!taken.has(candidate)) return candidate
  }
}
