// Objects of a workspace: list, get, create, update.
import { z } from 'zod'
import { createObject } from '../../edits/objects.ts'
import { timestamp } from '../../timestamps.ts'
import type { AttioObject } from '../../world/records.ts'
import { findObject } from '../../world/find.ts'
import type { World } from '../../world/world.ts'
import type { Call, Handler } from '../requests/call.ts'
import { conflict, notFound, refuse } from '../requests/errors.ts'
import { apiSlug } from '../requests/slugs.ts'
import { readBody } from '../requests/validation.ts'

const noun = z.string().min(1)
const newObject = z.object({
  data: z.object({ api_slug: apiSlug, singular_noun: noun, plural_noun: noun }),
})
const objectChanges = z.object({
  data: z.object({
    api_slug: apiSlug.optional(),
    singular_noun: noun.optional(),
    plural_noun: noun.optional(),
  }),
})

export const listObjects: Handler = ({ world, workspaceId }) => ({
  data: world.objectsOf(workspaceId).map(renderObject),
})

export const getObject: Handler = (call) => ({ data: renderObject(objectOfPath(call)) })

export const postObject: Handler = (call) => {
  const { data } = readBody(call, newObject)
  const isTaken = call.world
    .objectsOf(call.workspaceId)
    .some((one) => one.slug === data.api_slug || one.pluralNoun === data.plural_noun)
  if (isTaken) {
    throw conflict(
      'slug_conflict',
      'Failed to create object. Please ensure your api_slug and names are unique.',
    )
  }
  const nouns = { singularNoun: data.singular_noun, pluralNoun: data.plural_noun }
  return { data: renderObject(createObject(call, { slug: data.api_slug, ...nouns })) }
}

export const patchObject: Handler = (call) => {
  const object = objectOfPath(call)
  const { data } = readBody(call, objectChanges)
  if (Object.keys(data).length === 0) {
    throw refuse(
      'validation_type',
      'You passed an empty payload. Please ensure you are updating at least one property in your request.',
    )
  }
  const slug = data.api_slug ?? object.slug
  const namesake = findObject(call.world, call.workspaceId, slug)
  if (namesake && namesake.id !== object.id) {
    throw conflict('slug_conflict', 'Failed to update object. Please ensure api_slug is unique.')
  }
  const changed = call.world.objects.put({
    ...object,
    slug,
    singularNoun: data.singular_noun ?? object.singularNoun,
    pluralNoun: data.plural_noun ?? object.pluralNoun,
  })
  return { data: renderObject(changed) }
}

/** Returns the object of a query, whose 404 has its own wording. */
export function queriedObject(call: Call): AttioObject {
  const object = findObject(call.world, call.workspaceId, call.params['object'] ?? '')
  if (!object) throw notFound('The referenced object was not found.')
  return object
}

/** Returns the object in the path. Throws Attio's 404 when there is none. */
export function objectOfPath(call: Call): AttioObject {
  return findObjectOr404(call.world, call.workspaceId, call.params['object'] ?? '')
}

export function findObjectOr404(world: World, workspaceId: string, slugOrId: string): AttioObject {
  const object = findObject(world, workspaceId, slugOrId)
  if (!object) throw notFound(`Object with slug/ID "${slugOrId}" not found.`)
  return object
}

function renderObject(object: AttioObject) {
  return {
    id: { workspace_id: object.workspaceId, object_id: object.id },
    api_slug: object.slug,
    singular_noun: object.singularNoun,
    plural_noun: object.pluralNoun,
    created_at: timestamp(object.createdAt),
  }
}
