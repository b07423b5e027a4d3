// What the schema of Acme Robotics has beyond the standard objects.
import { fixedUuid } from '../../ids.ts'
import { addOptionalObject } from './optional-objects.ts'
import type { Schema } from './schema.ts'
import { keptForAll, type AttributeSketch } from './sketches.ts'
import { families, places } from '../standard.ts'

export const pipelineId = fixedUuid(families.list, places.acme, 1)
export const hiringId = fixedUuid(families.list, places.acme, 2)

export function acmeSchema(schema: Schema): void {
  schema.addObject('robots', ['Robot', 'Robots'], robots)
  schema.addAttributes({ id: pipelineId, kind: 'lists' }, pipeline)
  schema.addAttributes({ id: hiringId, kind: 'lists' }, entryAttributes)
  addOptionalObject(schema, 'workspaces')
  addOptionalObject(schema, 'users')
}

const robots: readonly AttributeSketch[] = [
  { slug: 'name', title: 'Name', type: 'text' },
  { slug: 'serial_number', title: 'Serial number', type: 'text', isUnique: true },
  {
    slug: 'is_retired',
    title: 'Retired',
    type: 'checkbox',
    defaultValue: { type: 'static', contents: [{ value: false }] },
  },
  { slug: 'condition', title: 'Condition', type: 'rating' },
]

const entryAttributes: readonly AttributeSketch[] = [
  { slug: 'entry_id', title: 'Entry ID', type: 'text', isUnique: true, isReadOnly: true },
  { slug: 'parent_record', title: 'Parent', type: 'record-reference', isReadOnly: true },
  ...keptForAll,
]

const pipeline: readonly AttributeSketch[] = [
  ...entryAttributes.slice(0, 2),
  { slug: 'priority', title: 'Priority', type: 'select', options: ['High', 'Low'] },
  {
    slug: 'owner',
    title: 'Owner',
    type: 'actor-reference',
    defaultValue: { type: 'dynamic', template: 'current-user' },
  },
  ...keptForAll,
]
