// The schemas of the seed's workspaces. All worlds have the same ones but for the time of their creation, so
// each is built once in a process, and frozen.
import { fixedUuid } from '../../ids.ts'
import type { AttioObject, Attribute, Option } from '../../world/records.ts'
import { acmeSchema } from './acme-schema.ts'
import { once } from '../once.ts'
import { createSchema, type Schema } from './schema.ts'
import { families, places, standard } from '../standard.ts'
import { addStandardObjects } from './standard-objects.ts'

export type SeedWorkspaceName = keyof typeof places

export const seedWorkspaceNames: readonly SeedWorkspaceName[] = ['acme', 'globex']

/** Module state: schemas that never change. */
const schemas: Readonly<Record<SeedWorkspaceName, () => Schema>> = {
  acme: once(() => build('acme')),
  globex: once(() => build('globex')),
}

export function schemaOf(name: SeedWorkspaceName): Schema {
  return schemas[name]()
}

export function objectsOf(name: SeedWorkspaceName, createdAt: number): AttioObject[] {
  return schemaOf(name).documents.objects.map((object) => ({ ...object, createdAt }))
}

export function attributesOf(name: SeedWorkspaceName, createdAt: number): Attribute[] {
  return schemaOf(name).documents.attributes.map((attribute) => ({ ...attribute, createdAt }))
}

export function optionsOf(name: SeedWorkspaceName): readonly Option[] {
  return schemaOf(name).documents.options
}

function build(name: SeedWorkspaceName): Schema {
  const schema = createSchema({
    workspaceId: standard.workspaces[name].id,
    createdAt: 0,
    documents: { objects: [], attributes: [], options: [] },
    nextId: (family, count) => fixedUuid(families[family], places[name], count + 1),
  })
  addStandardObjects(schema)
  if (name === 'acme') acmeSchema(schema)
  freeze(schema.documents)
  return schema
}

/** Worlds share these documents, and what they hold. */
function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  for (const part of Object.values(value)) freeze(part)
  Object.freeze(value)
}
