// @taskr/attio: a typed client for Attio's REST API. OAuth is in @taskr/attio/oauth.
export type { AccessTokenSource } from './http/access-token.ts'
export {
  attioSaysForbidden,
  attioSaysGone,
  attioSaysUnauthorized,
  type AttioSubject,
} from './attio-says.ts'
export { type AttioClient, type AttioClientOptions, createAttioClient } from './client.ts'
export { type AttioEndpoints, attioEndpoints } from './http/endpoints.ts'
export {
  AttioApiError,
  AttioError,
  type AttioFailure,
  AttioNetworkError,
  AttioResponseError,
  AttioTimeoutError,
  AttioTooLargeError,
  AttioUnavailableError,
  isAttioFailure,
  type ValidationError,
} from './errors.ts'
export type { RateLimiter, LimitedCall } from './sending/rate-limiter.ts'
export type { PageOptions } from './resources/paging.ts'
export { recordName } from './resources/record-name.ts'
export type { AttributeQuery, Attributes } from './resources/attributes.ts'
export type { NoteFilter, NoteQuery, Notes } from './resources/notes.ts'
export type { Objects } from './resources/objects.ts'
export type {
  RecordFilter,
  RecordQuery,
  Records,
  RecordSearch,
  RecordSort,
  RecordValues,
} from './resources/records.ts'
export type { Self } from './resources/self.ts'
export type {
  ObservedTask,
  TaskFilter,
  TaskPage,
  TaskQuery,
  Tasks,
  TaskSort,
  UpdateOptions,
} from './resources/tasks.ts'
export type { NewWebhook, Webhooks } from './resources/webhooks.ts'
export type { WorkspaceMembers } from './resources/workspace-members.ts'
export { type SharedBackOff, createSharedBackOff } from './sending/shared-back-off.ts'
export {
  describeScope,
  missingScopes,
  type Scope,
  type ScopeDescription,
  type ScopeGroup,
  scopeLabels,
  type ScopeLevel,
  scopesToReadTasks,
  scopesToWriteNotes,
  scopesToWriteTasks,
} from './scopes.ts'
export { readWebhookDelivery, type WebhookDelivery, webhookHeaders } from './webhooks/delivery.ts'
export {
  importWebhookSecret,
  type SignedDelivery,
  verifyWebhookSignature,
} from './webhooks/signature.ts'
export type { Actor } from './wire/actor.ts'
export type { AttributeValue, OtherValue, ValuePeriod } from './wire/attribute-value.ts'
export type { Attribute } from './wire/attribute.ts'
export type { ActiveIdentity, Identity } from './wire/identity.ts'
export type { KnownValue, KnownValueType } from './wire/known-value.ts'
export type { NewNote, Note } from './wire/note.ts'
export type { AttioObject } from './wire/object.ts'
export type { AttioRecord, FoundRecord } from './wire/record.ts'
export type { LinkedRecord, LinkedRecordReference, NewTask, Task, TaskChange } from './wire/task.ts'
export type {
  ActiveWebhookSubscription,
  CreatedWebhook,
  Webhook,
  WebhookCondition,
  WebhookEventType,
  WebhookFilter,
  WebhookSubscription,
} from './wire/webhook.ts'
export type { ErrorSubject } from './wire/error-subject.ts'
export type { WebhookEvent, WebhookSubject } from './wire/webhook-delivery.ts'
export type { ReadListOptions, UnreadableItem } from './wire/envelope.ts'
export type { WorkspaceMember } from './wire/workspace-member.ts'
