// One call per operation that succeeds in the standard world, for the generated tests.
import type { TestAttio } from '../../for-tests.ts'
import { operationEntries, operations, type OperationName } from '../operations/operations.ts'
import { contentExamples } from './content-examples.ts'
import { exampleWorld } from './example-world.ts'
import type { Example } from './example.ts'
import { listExamples } from './list-examples.ts'
import { meetingExamples } from './meeting-examples.ts'
import { recordExamples } from './record-examples.ts'
import { schemaExamples } from './schema-examples.ts'
import { taskExamples } from './task-examples.ts'
import { webhookExamples } from './webhook-examples.ts'

export type ExampleCall = Example & { readonly method: string }

/** Every example call, in the order of the operations. */
export function exampleCalls(attio: TestAttio): readonly (readonly [OperationName, ExampleCall])[] {
  const examples = examplesOf(attio)
  return operationEntries.map(([name, { method }]) => [name, { method, ...examples[name] }])
}

export function exampleCall(attio: TestAttio, name: OperationName): ExampleCall {
  return { method: operations[name].method, ...examplesOf(attio)[name] }
}

function examplesOf(attio: TestAttio): Readonly<Record<OperationName, Example>> {
  const world = exampleWorld(attio)
  return {
    ...taskExamples(),
    ...schemaExamples(world),
    ...recordExamples(world),
    ...listExamples(world),
    ...contentExamples(world),
    ...meetingExamples(world),
    ...webhookExamples(world),
    'scim-schemas.list': { path: '/scim/v2/Schemas' },
  }
}
