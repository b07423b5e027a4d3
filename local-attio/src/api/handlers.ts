// Which function serves which operation. The compiler sees to it that none is forgotten.
import { getAttribute, listAttributes } from './attributes.ts'
import type { Handler } from './call.ts'
import { getObject, listObjects } from './objects.ts'
import type { OperationName } from './operations.ts'
import { getRecord, queryRecords } from './records/records.ts'
import { listTasks } from './tasks/list-tasks.ts'
import { getTask, patchTask, postTask, removeTask } from './tasks/tasks.ts'
import {
  getWebhook,
  listWebhooks,
  patchWebhook,
  postWebhook,
  removeWebhook,
} from './webhooks/webhooks.ts'
import { getWorkspaceMember, listWorkspaceMembers } from './workspace-members.ts'

/** Identify is missing because it alone needs no token that works: see self.ts. */
type Served = Exclude<OperationName, 'self.identify'>

const byName: Readonly<Record<Served, Handler>> = {
  'tasks.list': listTasks,
  'tasks.create': postTask,
  'tasks.get': getTask,
  'tasks.update': patchTask,
  'tasks.delete': removeTask,
  'workspace-members.list': listWorkspaceMembers,
  'workspace-members.get': getWorkspaceMember,
  'objects.list': listObjects,
  'objects.get': getObject,
  'attributes.list': listAttributes,
  'attributes.get': getAttribute,
  'records.query': queryRecords,
  'records.get': getRecord,
  'webhooks.list': listWebhooks,
  'webhooks.create': postWebhook,
  'webhooks.get': getWebhook,
  'webhooks.update': patchWebhook,
  'webhooks.delete': removeWebhook,
}

export const handlers: ReadonlyMap<Served, Handler> = new Map(typedEntries(byName))

function typedEntries<Key extends string, Item>(
  object: Readonly<Record<Key, Item>>,
): [Key, Item][] {
  const keys = Object.keys(object).filter((key): key is Key => Object.hasOwn(object, key))
  return keys.map((key) => [key, object[key]])
}
