// Filters of a query, shorthand and verbose, turned into one test per record. A filter that cannot
// be understood is Attio's `filter_error`, never "everything".
import { idIn } from '../../values/contents.ts'
import { mainField } from '../../values/keys.ts'
import { activeValues } from '../../values/render.ts'
import type { AttioRecord, AttioObject, Attribute, Value } from '../../world/entities.ts'
import type { World } from '../../world/world.ts'
import { findAttribute } from '../attributes.ts'
import { refuse } from '../errors.ts'
import { operators } from './operators.ts'
import { withSystemValues } from './render.ts'

export type RecordTest = (record: AttioRecord) => boolean

type Scope = {
  readonly world: World
  readonly object: AttioObject
  readonly attributes: readonly Attribute[]
}

export function compileFilter(
  world: World,
  object: AttioObject,
  filter: unknown,
): RecordTest | undefined {
  if (isObject(filter) && Object.keys(filter).length === 0) return undefined
  return compile({ world, object, attributes: world.attributesOf(object.id) }, filter)
}

function compile(scope: Scope, filter: unknown): RecordTest {
  if (!isObject(filter)) throw filterError()
  const tests = Object.entries(filter).map(([key, condition]) => {
    switch (key) {
      case '$and':
        return every(compileAll(scope, condition))
      case '$or':
        return some(compileAll(scope, condition))
      case '$not': {
        const test = compile(scope, condition)
        return (record: AttioRecord) => !test(record)
      }
      default:
        return compileAttribute(scope, key, condition)
    }
  })
  return every(tests)
}

function compileAll(scope: Scope, filters: unknown): RecordTest[] {
  if (!Array.isArray(filters)) throw filterError()
  return filters.map((filter) => compile(scope, filter))
}

function compileAttribute(scope: Scope, slugOrId: string, condition: unknown): RecordTest {
  const attribute = findAttribute(scope.world, scope.object.id, slugOrId)
  if (!attribute) throw filterError(`Unknown attribute slug: ${slugOrId}`)
  const test = compileCondition(mainField[attribute.type], condition)
  return (record) => {
    const values = withSystemValues(scope.attributes, record)
    return test(
      activeValues(values, attribute.id).map((value) => comparable(scope.world, attribute, value)),
    )
  }
}

type Content = Value['content']
type ValuesTest = (contents: readonly Content[]) => boolean

function compileCondition(field: string, condition: unknown): ValuesTest {
  if (!isObject(condition)) return anyValue(field, operator('$eq', condition))
  const tests = Object.entries(condition).map(([key, operand]): ValuesTest => {
    if (key === '$not_empty') return (contents) => contents.length > 0 === Boolean(operand)
    if (key === '$empty') return (contents) => (contents.length === 0) === Boolean(operand)
    if (key.startsWith('$')) return anyValue(field, operator(key, operand))
    return compileCondition(key, operand)
  })
  return (contents) => tests.every((test) => test(contents))
}

function anyValue(field: string, test: (value: unknown) => boolean): ValuesTest {
  return (contents) => contents.some((content) => test(content[field]))
}

function operator(name: string, operand: unknown): (value: unknown) => boolean {
  const make = operators[name]
  const test = make?.(operand)
  if (!test) throw filterError()
  return test
}

/** Choices are compared by title or id, references by slug or id. */
function comparable(world: World, attribute: Attribute, value: Value): Content {
  const { content } = value
  if (attribute.type === 'select' || attribute.type === 'status') {
    const option = world.options.get(idIn(content, 'option_id'))
    const title = option?.title ?? ''
    return { ...content, option: title, status: title, option_id: title, title }
  }
  if (attribute.type === 'record-reference') {
    const object = world.objects.get(idIn(content, 'target_object_id'))
    return { ...content, target_object: object?.slug ?? null }
  }
  return content
}

function every(tests: readonly RecordTest[]): RecordTest {
  return (record) => tests.every((test) => test(record))
}

function some(tests: readonly RecordTest[]): RecordTest {
  return (record) => tests.some((test) => test(record))
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function filterError(message = 'Error in filter.') {
  return refuse('filter_error', message)
}
