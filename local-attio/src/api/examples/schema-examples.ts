// Example calls of objects, attributes, select options and statuses.
import type { schemaOperations } from '../operations/schema-operations.ts'
import type { ExampleWorld } from './example-world.ts'
import { data, type Example } from './example.ts'

const attributes = '/v2/objects/companies/attributes'
const options = `${attributes}/categories/options`
const statuses = '/v2/objects/deals/attributes/stage/statuses'

export function schemaExamples({
  objectId,
  customAttribute,
}: ExampleWorld): Readonly<Record<keyof typeof schemaOperations, Example>> {
  return {
    'objects.list': { path: '/v2/objects' },
    'objects.create': { path: '/v2/objects', body: data(newObject) },
    'objects.get': { path: `/v2/objects/${objectId('people')}` },
    'objects.update': {
      path: `/v2/objects/${objectId('robots')}`,
      body: data({ singular_noun: 'Machine' }),
    },
    'attributes.list': { path: attributes },
    'attributes.create': {
      path: attributes,
      body: data(newAttribute),
      moreScopes: ['object_configuration:read-write'],
    },
    'attributes.get': { path: `${attributes}/name` },
    'attributes.update': {
      path: `/v2/objects/robots/attributes/${customAttribute}`,
      body: data({ title: 'Colour', default_value: { type: 'static', template: [{ value: 3 }] } }),
    },
    'options.list': { path: options },
    'options.create': { path: options, body: data({ title: 'Space' }) },
    'options.update': { path: `${options}/Research`, body: data({ is_archived: true }) },
    'statuses.list': { path: statuses },
    'statuses.create': {
      path: statuses,
      body: data({ title: 'Stalled', target_time_in_status: 'P1W' }),
    },
    'statuses.update': { path: `${statuses}/Lead`, body: data({ celebration_enabled: true }) },
  }
}

const newObject = { api_slug: 'rockets', singular_noun: 'Rocket', plural_noun: 'Rockets' }

const newAttribute = {
  title: 'Founders',
  description: null,
  api_slug: 'founders',
  type: 'record-reference',
  is_required: false,
  is_unique: false,
  is_multiselect: true,
  config: { record_reference: { allowed_objects: ['people'] } },
  relationship: { object: 'people', title: 'Founded', api_slug: 'founded', is_multiselect: true },
}
