// Every operation of Attio's REST API that is served here, by name. The scopes are those of Attio's
// reference; "x:read-write" includes "x:read".
import { contentOperations } from './content-operations.ts'
import { listOperations } from './list-operations.ts'
import { meetingOperations } from './meeting-operations.ts'
import type { Operation } from './operation.ts'
import { recordOperations } from './record-operations.ts'
import { schemaOperations } from './schema-operations.ts'
import { scimOperations } from './scim-operations.ts'
import { taskOperations } from './task-operations.ts'
import { webhookOperations } from './webhook-operations.ts'

export type { Operation } from './operation.ts'

export const operations = {
  ...taskOperations,
  ...schemaOperations,
  ...recordOperations,
  ...listOperations,
  ...contentOperations,
  ...meetingOperations,
  ...webhookOperations,
  ...scimOperations,
} as const satisfies Readonly<Record<string, Operation>>

export type OperationName = keyof typeof operations

/** Every operation with its name, in the order of SUPPORTED.md. */
export const operationEntries: readonly (readonly [OperationName, Operation])[] = Object.keys(
  operations,
)
  .filter((name): name is OperationName => Object.hasOwn(operations, name))
  .map((name) => [name, operations[name]] as const)
