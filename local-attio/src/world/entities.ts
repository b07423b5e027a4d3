// The documents of the world as they are stored: instants in milliseconds, absent members null, ids
// UUIDs. The API renders its answers from them.
import { z } from 'zod'

const id = z.string()
const instant = z.number().int()
/** What an instant has beyond its milliseconds; absent when that is nothing. */
const nanoseconds = z.number().int().min(1).max(999_999).exactOptional()

export const actor = z.strictObject({
  type: z.enum(['api-token', 'workspace-member', 'system', 'app']),
  id: z.string().nullable(),
})
export type Actor = z.infer<typeof actor>

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

export const linkedRecord = z.strictObject({ objectId: id, recordId: id })
export type LinkedRecord = z.infer<typeof linkedRecord>

export const task = z.strictObject({
  id,
  workspaceId: id,
  content: z.string(),
  deadlineAt: instant.nullable(),
  deadlineNanoseconds: nanoseconds,
  isCompleted: z.boolean(),
  completedAt: instant.nullable(),
  linkedRecords: z.array(linkedRecord),
  assigneeIds: z.array(id),
  createdByActor: actor,
  createdAt: instant,
})
export type Task = z.infer<typeof task>

export const object = z.strictObject({
  id,
  workspaceId: id,
  slug: z.string(),
  singularNoun: z.string(),
  pluralNoun: z.string(),
  createdAt: instant,
})
export type AttioObject = z.infer<typeof object>

export const attributeType = z.enum([
  'text',
  'number',
  'checkbox',
  'currency',
  'date',
  'timestamp',
  'rating',
  'status',
  'select',
  'record-reference',
  'actor-reference',
  'location',
  'domain',
  'email-address',
  'phone-number',
  'interaction',
  'personal-name',
])
export type AttributeType = z.infer<typeof attributeType>

/** The members of a value that depend on its type. */
const contents = z.record(z.string(), z.json())

export const attribute = z.strictObject({
  id,
  workspaceId: id,
  /** The object or list it belongs to. */
  parentId: id,
  parentKind: z.enum(['objects', 'lists']),
  slug: z.string(),
  title: z.string(),
  description: z.string().nullable(),
  type: attributeType,
  isSystem: z.boolean(),
  isWritable: z.boolean(),
  isRequired: z.boolean(),
  isUnique: z.boolean(),
  isMultiselect: z.boolean(),
  isArchived: z.boolean(),
  /** A fixed default as contents, or the name of a default that depends on the time and the author. */
  defaultValue: z
    .union([
      z.strictObject({ type: z.literal('static'), contents: z.array(contents) }),
      z.strictObject({ type: z.literal('dynamic'), template: z.string() }),
    ])
    .nullable(),
  /** The attribute on the other object, for a relationship. */
  relatedAttributeId: id.nullable(),
  currency: z.strictObject({ code: z.string(), display: z.string() }).nullable(),
  allowedObjectIds: z.array(id).nullable(),
  createdAt: instant,
})
export type Attribute = z.infer<typeof attribute>

/** An option of a select attribute, or a status of a status attribute. */
export const option = z.strictObject({
  id,
  workspaceId: id,
  attributeId: id,
  title: z.string(),
  isArchived: z.boolean(),
  /** Stages only: `celebration_enabled` and `target_time_in_status`. */
  isCelebrated: z.boolean(),
  targetTime: z.string().nullable(),
})
export type Option = z.infer<typeof option>

/**
 * One value of an attribute. `content` holds the members that Attio's answer has for the type,
 * except that a select or status keeps `option_id` and a record reference keeps `target_object_id`.
 */
export const value = z.strictObject({
  activeFrom: instant,
  activeFromNanoseconds: nanoseconds,
  activeUntil: instant.nullable(),
  activeUntilNanoseconds: nanoseconds,
  createdByActor: actor,
  content: contents,
})
export type Value = z.infer<typeof value>

/** Values by attribute id, in the order in which Attio shows them; past ones are in between. */
const values = z.record(z.string(), z.array(value))
export type Values = z.infer<typeof values>

export const record = z.strictObject({
  id,
  workspaceId: id,
  objectId: id,
  createdByActor: actor,
  createdAt: instant,
  values,
})
export type AttioRecord = z.infer<typeof record>

export const list = z.strictObject({
  id,
  workspaceId: id,
  slug: z.string(),
  name: z.string(),
  parentObjectId: id,
  workspaceAccess: z.string().nullable(),
  memberAccess: z.array(z.strictObject({ memberId: id, level: z.string() })),
  createdByActor: actor,
  createdAt: instant,
})
export type List = z.infer<typeof list>

export const entry = z.strictObject({
  id,
  workspaceId: id,
  listId: id,
  parentRecordId: id,
  createdByActor: actor,
  createdAt: instant,
  values,
})
export type Entry = z.infer<typeof entry>

export const note = z.strictObject({
  id,
  workspaceId: id,
  parentObjectId: id,
  parentRecordId: id,
  title: z.string(),
  meetingId: z.string().nullable(),
  contentPlaintext: z.string(),
  contentMarkdown: z.string(),
  createdByActor: actor,
  createdAt: instant,
  createdNanoseconds: nanoseconds,
})
export type Note = z.infer<typeof note>

/** A thread belongs to a record or an entry, and exists as long as it has comments. */
export const comment = z.strictObject({
  id,
  workspaceId: id,
  threadId: id,
  /** The record, or the parent record of the entry. */
  objectId: id,
  recordId: id,
  listId: id.nullable(),
  entryId: id.nullable(),
  content: z.string(),
  author: actor,
  resolvedAt: instant.nullable(),
  resolvedBy: actor.nullable(),
  createdAt: instant,
  createdNanoseconds: nanoseconds,
})
export type Comment = z.infer<typeof comment>

export const filterCondition = z.strictObject({
  /** A path into the event, such as "actor.type". */
  field: z.string(),
  operator: z.enum(['equals', 'not_equals']),
  value: z.string(),
})

/** Selects events of a subscription's type; null selects all. */
export const webhookFilter = z
  .union([
    z.strictObject({ $and: z.array(filterCondition) }),
    z.strictObject({ $or: z.array(filterCondition) }),
  ])
  .nullable()
export type WebhookFilter = z.infer<typeof webhookFilter>

export const subscription = z.strictObject({ eventType: z.string(), filter: webhookFilter })
export type Subscription = z.infer<typeof subscription>

export const webhook = z.strictObject({
  id,
  workspaceId: id,
  /** The app whose token created it; null when it was created in the dashboard. */
  appId: id.nullable(),
  targetUrl: z.string(),
  status: z.enum(['active', 'degraded', 'inactive']),
  /** When it became degraded; null otherwise. */
  degradedAt: instant.nullable(),
  subscriptions: z.array(subscription),
  secret: z.string(),
  createdAt: instant,
})
export type Webhook = z.infer<typeof webhook>

/** One attempt to deliver a message to its target. */
export const attempt = z.strictObject({
  at: instant,
  targetUrl: z.string(),
  /** The receiver's answer; null when there was none. */
  status: z.number().int().nullable(),
  /** The reason when there was no answer. */
  problem: z.string().nullable(),
  durationMs: z.number().int(),
  /** The number of the webhook fault that applied. */
  fault: z.number().int().nullable(),
})
export type Attempt = z.infer<typeof attempt>

/** A message to a webhook's target: it waits until it is delivered, failed or dropped. */
export const delivery = z.strictObject({
  id,
  webhookId: id,
  eventType: z.string(),
  /** The same at every attempt. A duplicate that a fault made has its original's. */
  idempotencyKey: z.string(),
  /** The request body, as signed. */
  body: z.string(),
  attempts: z.array(attempt),
  nextAttemptAt: instant.nullable(),
  status: z.enum(['waiting', 'delivered', 'failed', 'dropped']),
  createdAt: instant,
})
export type Delivery = z.infer<typeof delivery>
