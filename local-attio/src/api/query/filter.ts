// Compiles a query's filter, shorthand or verbose, into a predicate on records or entries. A malformed
// filter is Attio's `filter_error`; it never matches everything.
import { mainField } from '../../values/keys.ts'
import type { Holder } from '../../values/system-values.ts'
import type { Attribute } from '../../world/records.ts'
import { findAttribute } from '../../world/find.ts'
import { refuse } from '../requests/errors.ts'
import { activeContents, fieldsOf, type Comparable } from './comparable.ts'
import { operators } from './operators.ts'
import { contentsAlong, readPath } from './paths.ts'
import type { Scope } from './scope.ts'

export type Test = (holder: Holder) => boolean

export function compileFilter(scope: Scope, filter: unknown): Test | undefined {
  if (isObject(filter) && Object.keys(filter).length === 0) return undefined
  return compile(scope, filter)
}

function compile(scope: Scope, filter: unknown): Test {
  if (!isObject(filter)) throw filterError()
  if (Array.isArray(filter['path'])) return compilePath(scope, filter)
  const tests = Object.entries(filter).map(([key, condition]): Test => {
    switch (key) {
      case '$and':
        return every(compileAll(scope, condition))
      case '$or':
        return some(compileAll(scope, condition))
      case '$not': {
        const test = compile(scope, condition)
        return (holder) => !test(holder)
      }
      default:
        return compileAttribute(scope, key, condition)
    }
  })
  return every(tests)
}

function compileAll(scope: Scope, filters: unknown): Test[] {
  if (!Array.isArray(filters)) throw filterError()
  return filters.map((filter) => compile(scope, filter))
}

function compileAttribute(scope: Scope, slugOrId: string, condition: unknown): Test {
  const attribute = findAttribute(scope.world, scope.parentId, slugOrId)
  if (!attribute) throw filterError(`Unknown attribute slug: ${slugOrId}`)
  const test = compileCondition(attribute, condition)
  return (holder) => test(activeContents(scope.world, attribute, holder))
}

/** `{ path: [[list or object, attribute], …], constraints }`: a condition on a referenced record. */
function compilePath(scope: Scope, filter: Readonly<Record<string, unknown>>): Test {
  const { path, constraints, ...others } = filter
  if (Object.keys(others).length > 0 || !isObject(constraints)) throw filterError()
  const steps = readPath(scope, path)
  const last = steps.at(-1)
  if (!last) throw filterError()
  const test = compileCondition(last, constraints)
  return (holder) => test(contentsAlong(scope.world, steps, holder))
}

type ContentsTest = (contents: readonly Comparable[]) => boolean

function compileCondition(attribute: Attribute, condition: unknown): ContentsTest {
  const field = mainField[attribute.type]
  if (!isObject(condition)) return anyOf(fieldTest(field, operator('$eq', condition)))
  const wholes: ContentsTest[] = []
  const parts: ((content: Comparable) => boolean)[] = []
  for (const [key, operand] of Object.entries(condition)) {
    if (key === '$not_empty') wholes.push((contents) => contents.length > 0 === Boolean(operand))
    else if (key.startsWith('$')) parts.push(fieldTest(field, operator(key, operand)))
    else if (fieldsOf(attribute).includes(key)) parts.push(compileField(key, operand))
    else throw filterError(`Unknown field: ${key}`)
  }
  // One value must meet all constraints, because a type and an id belong together.
  const partsTest = anyOf((content) => parts.every((part) => part(content)))
  return (contents) =>
    wholes.every((test) => test(contents)) && (parts.length === 0 || partsTest(contents))
}

function compileField(field: string, condition: unknown): (content: Comparable) => boolean {
  if (!isObject(condition)) return fieldTest(field, operator('$eq', condition))
  const tests = Object.entries(condition).map(([key, operand]) => {
    if (key !== '$not_empty') return fieldTest(field, operator(key, operand))
    return (content: Comparable) => {
      const isThere = (content[field] ?? []).some((value) => value !== null && value !== '')
      return isThere === Boolean(operand)
    }
  })
  return (content) => tests.every((test) => test(content))
}

function fieldTest(field: string, test: (value: unknown) => boolean) {
  return (content: Comparable) => (content[field] ?? []).some((value) => test(value))
}

function anyOf(test: (content: Comparable) => boolean): ContentsTest {
  return (contents) => contents.some((content) => test(content))
}

function operator(name: string, operand: unknown): (value: unknown) => boolean {
  const test = Object.hasOwn(operators, name) ? operators[name]?.(operand) : undefined
  if (!test) throw filterError()
  return test
}

function every(tests: readonly Test[]): Test {
  return (holder) => tests.every((test) => test(holder))
}

function some(tests: readonly Test[]): Test {
  return (holder) => tests.some((test) => test(holder))
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function filterError(message = 'Error in filter.') {
  return refuse('filter_error', message)
}
