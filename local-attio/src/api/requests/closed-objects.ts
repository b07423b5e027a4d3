// The objects in request bodies that Attio's document closes with `additionalProperties: false`, by
// operation. Every other object ignores unknown members. tools/check-openapi.ts compares this list
// with the document. Value objects are not listed: see values/inputs.ts.
import type { OperationName } from '../operations/operations.ts'

export const closedObjects: Readonly<Partial<Record<OperationName, readonly string[]>>> = {
  'attributes.create': ['data', 'data.relationship'],
  'attributes.update': ['data'],
  'records.assert': ['data'],
  'records.update': ['data'],
  'records.overwrite': ['data'],
  'entries.update': ['data'],
  'entries.overwrite': ['data'],
  // The form with an e-mail address; the form with an id accepts unknown members.
  'tasks.create': ['data.assignees[0]'],
  'tasks.update': ['data', 'data.assignees[0]'],
  'comments.create': ['data'],
  'meetings.create': ['data.start', 'data.end'],
}
