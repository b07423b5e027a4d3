// Registers apps from a program, issues tokens for them, and removes them from workspaces.
import { allScopes } from '../api/access/scopes.ts'
import type { Parts } from '../parts.ts'
import { deleteWebhooksOfApp } from '../webhooks/webhooks.ts'
import type { App } from '../world/access.ts'
import type { World } from '../world/world.ts'
import { getMember, getWorkspace } from './acting-member.ts'
import type { AppRegistration } from './registration.ts'

export type ClientCredentials = { readonly clientId: string; readonly clientSecret: string }

/**
 * Registers an app, or updates the one with the same client id or, without a client id, the same name.
 * Absent credentials stay unchanged. Throws on an unknown scope and on a name that another app has.
 */
export function registerApp(parts: Parts, registration: AppRegistration): ClientCredentials {
  const { world, ids, clock, fixedApps } = parts
  const { name, redirectUris, scopes, clientId, clientSecret } = registration
  requireKnown(scopes)
  const namesake = world.apps.find((app) => app.name === name)
  const known = clientId === undefined ? namesake : world.apps.get(clientId)
  if (namesake && clientId !== undefined && namesake.id !== clientId) {
    throw new Error(`"${name}" is an app with the client ID ${namesake.id}.`)
  }
  const app: App = {
    id: known?.id ?? clientId ?? ids.uuid(),
    developerAccountId: known?.developerAccountId ?? null,
    name,
    slug: slugOf(name),
    isOauthEnabled: true,
    clientSecret: clientSecret ?? known?.clientSecret ?? ids.secret(),
    redirectUris: [...redirectUris],
    scopes: [...scopes],
    isPublished: known?.isPublished ?? false,
    createdAt: known?.createdAt ?? clock.now(),
  }
  if (JSON.stringify(app) !== JSON.stringify(known)) world.transact(() => world.apps.put(app))
  const credentials = { clientId: app.id, clientSecret: app.clientSecret }
  if (clientId !== undefined) fixedApps.set(clientId, { ...registration, ...credentials })
  return credentials
}

/** Registers the apps with given credentials again after a reset. */
export function registerFixedApps(parts: Parts): void {
  for (const registration of parts.fixedApps.values()) registerApp(parts, registration)
}

export type Grant = {
  readonly clientId: string
  /** A workspace's slug or id. */
  readonly workspace: string
  readonly memberEmail?: string
  readonly memberId?: string
  /** Default: the app's scopes. */
  readonly scopes?: readonly string[]
}

/** Issues a token as the consent page and the token endpoint would. */
export function issueAccessToken(parts: Parts, grant: Grant): string {
  const { world, ids, clock } = parts
  requireKnown(grant.scopes ?? [])
  const app = getApp(world, grant.clientId)
  const member = getMember(world, {
    member: grant.memberId ?? grant.memberEmail ?? '',
    workspace: grant.workspace,
  })
  const { workspaceId } = member
  return world.transact(() => {
    const isInstalled = world.installations
      .all()
      .some((one) => one.appId === app.id && one.workspaceId === workspaceId)
    if (!isInstalled) {
      const id = ids.uuid()
      world.installations.put({ id, appId: app.id, workspaceId, createdAt: clock.now() })
    }
    const token = world.accessTokens.put({
      id: ids.secret(),
      appId: app.id,
      clientId: app.id,
      workspaceId,
      memberId: member.id,
      scopes: [...(grant.scopes ?? app.scopes)],
      codeId: null,
      issuedAt: clock.now(),
    })
    return token.id
  })
}

/** Removes an app with its tokens and webhooks from a workspace, as an admin does under Workspace settings → Apps. */
export function removeApp(world: World, clientId: string, workspace: string): void {
  const { id: workspaceId } = getWorkspace(world, workspace)
  getApp(world, clientId)
  world.transact(() => {
    for (const one of world.installations.all()) {
      if (one.appId === clientId && one.workspaceId === workspaceId) {
        world.installations.remove(one.id)
      }
    }
    for (const token of world.accessTokens.all()) {
      if (token.appId === clientId && token.workspaceId === workspaceId) {
        world.accessTokens.remove(token.id)
      }
    }
    deleteWebhooksOfApp(world, clientId, workspaceId)
  })
}

/** Changes the scopes of the next grant. assumed: existing tokens keep their scopes. */
export function setAppScopes(world: World, clientId: string, scopes: readonly string[]): void {
  requireKnown(scopes)
  world.transact(() => world.apps.put({ ...getApp(world, clientId), scopes: [...scopes] }))
}

function requireKnown(scopes: readonly string[]): void {
  const wrong = scopes.find((scope) => !allScopes.includes(scope))
  if (wrong !== undefined) throw new Error(`Attio has no scope "${wrong}".`)
}

function getApp(world: World, clientId: string): App {
  const app = world.apps.get(clientId)
  if (!app) throw new Error(`There is no app ${clientId}.`)
  return app
}

export function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
}
