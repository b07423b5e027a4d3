// Objects, attributes, select options and statuses.
import { reads, writes, type Operation } from './operation.ts'

const objects = ['object_configuration:read']
const objectWrites = ['object_configuration:read-write']
const attributes = '/v2/{target}/{identifier}/attributes'

export const schemaOperations = {
  'objects.list': reads('GET', '/v2/objects', { title: 'List objects', scopes: objects }),
  'objects.create': writes('POST', '/v2/objects', {
    title: 'Create an object',
    scopes: objectWrites,
  }),
  'objects.get': reads('GET', '/v2/objects/{object}', { title: 'Get an object', scopes: objects }),
  'objects.update': writes('PATCH', '/v2/objects/{object}', {
    title: 'Update an object',
    scopes: objectWrites,
  }),

  'attributes.list': reads('GET', attributes, {
    title: 'List attributes',
    scopes: objects,
    differences: 'In the order of creation; Attio has the order of its pages.',
  }),
  'attributes.create': writes('POST', attributes, {
    title: 'Create an attribute',
    // object_configuration:read-write, or list_configuration:read-write for a list.
    scopes: [],
  }),
  'attributes.get': reads('GET', `${attributes}/{attribute}`, {
    title: 'Get an attribute',
    scopes: objects,
  }),
  'attributes.update': writes('PATCH', `${attributes}/{attribute}`, {
    title: 'Update an attribute',
    scopes: objectWrites,
  }),
  'options.list': reads('GET', `${attributes}/{attribute}/options`, {
    title: 'List select options',
    scopes: objects,
  }),
  'options.create': writes('POST', `${attributes}/{attribute}/options`, {
    title: 'Create a select option',
    scopes: objectWrites,
  }),
  'options.update': writes('PATCH', `${attributes}/{attribute}/options/{option}`, {
    title: 'Update a select option',
    scopes: objectWrites,
  }),
  'statuses.list': reads('GET', `${attributes}/{attribute}/statuses`, {
    title: 'List statuses',
    scopes: objects,
  }),
  'statuses.create': writes('POST', `${attributes}/{attribute}/statuses`, {
    title: 'Create a status',
    scopes: objectWrites,
  }),
  'statuses.update': writes('PATCH', `${attributes}/{attribute}/statuses/{status}`, {
    title: 'Update a status',
    scopes: objectWrites,
  }),
} as const satisfies Readonly<Record<string, Operation>>
