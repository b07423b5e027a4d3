// People, workspaces, apps and what they were granted, as the world stores them.
import { z } from 'zod'
import { id, instant } from './entities.ts'

/** A person with an Attio sign-in, who may be a member of several workspaces. */
export const person = z.strictObject({
  id,
  emailAddress: z.string(),
  firstName: z.string(),
  lastName: z.string(),
})
export type Person = z.infer<typeof person>

/** One browser in which a person is signed in. The id is the cookie's value. */
export const session = z.strictObject({ id, personId: id, createdAt: instant })
export type Session = z.infer<typeof session>

export const workspace = z.strictObject({
  id,
  name: z.string(),
  slug: z.string(),
  logoUrl: z.string().nullable(),
  createdAt: instant,
})
export type Workspace = z.infer<typeof workspace>

export const accessLevel = z.enum(['admin', 'member', 'suspended'])

export const member = z.strictObject({
  id,
  workspaceId: id,
  personId: id,
  firstName: z.string(),
  lastName: z.string(),
  emailAddress: z.string(),
  avatarUrl: z.string().nullable(),
  accessLevel,
  createdAt: instant,
})
export type Member = z.infer<typeof member>

/** An app of the developer dashboard. Its id is its client id. */
export const app = z.strictObject({
  id,
  /** The developer account that created it; null when a program registered it. */
  developerAccountId: id.nullable(),
  name: z.string(),
  slug: z.string(),
  isOauthEnabled: z.boolean(),
  clientSecret: z.string(),
  redirectUris: z.array(z.string()),
  scopes: z.array(z.string()),
  isPublished: z.boolean(),
  createdAt: instant,
})
export type App = z.infer<typeof app>

/** A company that makes apps, and the person who opened its account. */
export const developerAccount = z.strictObject({
  id,
  name: z.string(),
  personId: id,
  createdAt: instant,
})
export type DeveloperAccount = z.infer<typeof developerAccount>

/** An app in a workspace: created by the first grant, ended by an admin. */
export const installation = z.strictObject({ id, appId: id, workspaceId: id, createdAt: instant })
export type Installation = z.infer<typeof installation>

/** The id is the code itself. Used codes stay, so that a second use is detected. */
export const authorizationCode = z.strictObject({
  id,
  appId: id,
  workspaceId: id,
  memberId: id,
  redirectUri: z.string(),
  codeChallenge: z.string().nullable(),
  scopes: z.array(z.string()),
  expiresAt: instant,
  usedAt: instant.nullable(),
})
export type AuthorizationCode = z.infer<typeof authorizationCode>

/** The id is the token itself. Revoked tokens are deleted. */
export const accessToken = z.strictObject({
  id,
  /** The app that the token was granted to; null for a token that an admin created in workspace settings. */
  appId: id.nullable(),
  /** The client in `/v2/self`: the app, or the token's own id. */
  clientId: id,
  workspaceId: id,
  memberId: id,
  scopes: z.array(z.string()),
  /** The code that it was exchanged for, so that a second use of the code revokes it. */
  codeId: id.nullable(),
  issuedAt: instant,
})
export type AccessToken = z.infer<typeof accessToken>
