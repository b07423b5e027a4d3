// Adds attributes, and pairs of attributes that describe one relationship from both ends.
import type { AttioObject, Attribute } from '../world/records.ts'
import type { Author } from './author.ts'

export type AttributeSketch = Pick<
  Attribute,
  | 'slug'
  | 'title'
  | 'description'
  | 'type'
  | 'isRequired'
  | 'isUnique'
  | 'isMultiselect'
  | 'currency'
  | 'allowedObjectIds'
>

export function createAttribute(
  author: Author,
  parent: { readonly id: string; readonly kind: 'objects' | 'lists' },
  sketch: AttributeSketch,
): Attribute {
  const { world, ids, now, workspaceId, actor } = author
  return world.transact(() => {
    const attribute = world.attributes.put({
      id: ids.uuid(),
      workspaceId,
      parentId: parent.id,
      parentKind: parent.kind,
      ...sketch,
      isSystem: false,
      isWritable: true,
      isArchived: false,
      defaultValue: null,
      relatedAttributeId: null,
      createdAt: now,
    })
    const isList = parent.kind === 'lists'
    world.emit({
      event_type: isList ? 'list-attribute.created' : 'object-attribute.created',
      id: {
        workspace_id: workspaceId,
        ...(isList ? { list_id: parent.id } : { object_id: parent.id }),
        attribute_id: attribute.id,
      },
      actor,
    })
    return attribute
  })
}

/** Creates the reverse attribute on the other object and links the two. */
export function relateAttributes(
  author: Author,
  attribute: Attribute,
  object: AttioObject,
  reverse: Pick<AttributeSketch, 'slug' | 'title' | 'isMultiselect'>,
): Attribute {
  const { world } = author
  return world.transact(() => {
    const other = createAttribute(
      author,
      { id: object.id, kind: 'objects' },
      {
        ...reverse,
        description: null,
        type: 'record-reference',
        isRequired: false,
        isUnique: false,
        currency: null,
        allowedObjectIds: [attribute.parentId],
      },
    )
    world.attributes.put({ ...other, relatedAttributeId: attribute.id })
    return world.attributes.put({
      ...attribute,
      allowedObjectIds: [object.id],
      relatedAttributeId: other.id,
    })
  })
}
