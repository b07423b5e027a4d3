// Finds out whose pages a statement changes: the owners in its values or in its conditions. Every store function takes
// the owner first and every query carries it, so the statement itself says whose rows it writes. The few statements about
// rows of many owners return the owner of each.

import {
  AndNode,
  BinaryOperationNode,
  ColumnNode,
  DeleteQueryNode,
  InsertQueryNode,
  OperatorNode,
  ParensNode,
  PrimitiveValueListNode,
  ReferenceNode,
  TableNode,
  UpdateQueryNode,
  ValueListNode,
  ValueNode,
  ValuesNode,
  type ColumnUpdateNode,
  type CompiledQuery,
  type OperationNode,
} from 'kysely'
import { DatabaseError } from '../database-error.ts'
import { seenTables, type SeenTable } from './seen-tables.ts'

export type SeenWrite = {
  readonly table: string
  /** The owners whose pages the statement changes; empty when its answer names them. */
  readonly owners: readonly string[]
  /** True when open pages need not be told. */
  readonly isQuiet: boolean
  /** The owners who end with the rows that the statement deletes. */
  readonly ended: readonly string[]
}

/** Returns undefined for a statement that changes no page. */
export function findSeenWrite({ query: node }: CompiledQuery): SeenWrite | undefined {
  if (InsertQueryNode.is(node)) return ofInsert(node)
  if (UpdateQueryNode.is(node)) return ofUpdate(node)
  if (DeleteQueryNode.is(node)) return ofDelete(node)
  return undefined
}

function ofInsert(node: InsertQueryNode): SeenWrite | undefined {
  const table = tableOf(node.into)
  const seen = seenOf(table)
  if (seen === undefined || seen.onlyDeletes === true) return undefined
  const columns = node.columns?.map(nameOf) ?? []
  const rows = node.values !== undefined && ValuesNode.is(node.values) ? node.values.values : []
  const valuesIn = (column: string): readonly string[] => {
    const at = columns.indexOf(column)
    return at < 0 ? [] : rows.flatMap((row) => textOf(itemsOf(row)[at]))
  }
  const isQuietColumn = (column: string): boolean =>
    column === 'connection_id' ||
    seen.unseen.includes(column) ||
    seen.quiet?.includes(column) === true
  const updates = node.onConflict?.updates?.filter((update) => !isUnseen(update, seen)) ?? []
  const isQuiet =
    columns.every(isQuietColumn) && updates.every((update) => isQuietUpdate(update, seen))
  return { ...written(table, seen, valuesIn), isQuiet }
}

function ofUpdate(node: UpdateQueryNode): SeenWrite | undefined {
  const table = tableOf(node.table)
  const seen = seenOf(table)
  if (seen === undefined || seen.onlyDeletes === true) return undefined
  const updates = node.updates?.filter((update) => !isUnseen(update, seen)) ?? []
  if (updates.length === 0) return undefined
  const isQuiet = updates.every((update) => isQuietUpdate(update, seen))
  return { ...written(table, seen, (column) => conditionOn(column, node.where?.where)), isQuiet }
}

function ofDelete(node: DeleteQueryNode): SeenWrite | undefined {
  const table = tableOf(node.from.froms[0])
  const seen = seenOf(table)
  if (seen === undefined) return undefined
  const where = node.where?.where
  const ended = seen.ends === undefined ? [] : conditionOn(seen.ends, where)
  // Expired sessions of all accounts go together; each open page notices that its own has expired.
  if (seen.onlyDeletes === true && conditionOn('account_id', where).length === 0) return undefined
  return { ...written(table, seen, (column) => conditionOn(column, where)), ended }
}

function isUnseen({ column, value }: ColumnUpdateNode, seen: SeenTable): boolean {
  const name = nameOf(column)
  const [text] = textOf(value)
  if (seen.unseen.includes(name)) return true
  return text !== undefined && seen.unseenValues?.[name]?.includes(text) === true
}

function isQuietUpdate({ column, value }: ColumnUpdateNode, seen: SeenTable): boolean {
  const name = nameOf(column)
  if (seen.quiet?.includes(name) === true) return true
  const stored = ValueNode.is(value) ? value.value : undefined
  return seen.quietValues?.[name]?.some((quiet) => quiet === stored) === true
}

/** Uses the other kind of owner when the statement does not name the table's own. */
function written(
  table: string,
  seen: SeenTable,
  find: (column: string) => readonly string[],
): SeenWrite {
  const own = seen.owners.flatMap(find)
  const owners = own.length > 0 ? own : [...find('connection_id'), ...find('account_id')]
  return { table, owners, isQuiet: false, ended: [] }
}

/** Returns the owners that a statement's answer names. Throws when it names none. */
export function ownersInAnswer(table: string, rows: readonly unknown[]): readonly string[] {
  const owners = rows.flatMap((row) =>
    typeof row === 'object' && row !== null
      ? [...ownColumn(row, 'account_id'), ...ownColumn(row, 'connection_id')]
      : [],
  )
  if (owners.length > 0) return owners
  throw new DatabaseError('unowned-write', `A write to ${table} must name or return its owner.`)
}

function ownColumn(row: object, column: string): readonly string[] {
  const value: unknown = Reflect.get(row, column)
  return typeof value === 'string' ? [value] : []
}

/** Returns the values that a column must have for the condition to hold. */
function conditionOn(column: string, where: OperationNode | undefined): readonly string[] {
  if (where === undefined) return []
  if (ParensNode.is(where)) return conditionOn(column, where.node)
  if (AndNode.is(where)) {
    const left = conditionOn(column, where.left)
    return left.length > 0 ? left : conditionOn(column, where.right)
  }
  if (!BinaryOperationNode.is(where) || !OperatorNode.is(where.operator)) return []
  const { leftOperand, operator, rightOperand } = where
  const isOnColumn = ReferenceNode.is(leftOperand) && nameOf(leftOperand.column) === column
  if (!isOnColumn || (operator.operator !== '=' && operator.operator !== 'in')) return []
  return ValueNode.is(rightOperand) ? textOf(rightOperand) : itemsOf(rightOperand).flatMap(textOf)
}

const seenByName: ReadonlyMap<string, SeenTable> = new Map(Object.entries(seenTables))

function seenOf(table: string): SeenTable | undefined {
  return seenByName.get(table)
}

function tableOf(node: OperationNode | undefined): string {
  return node !== undefined && TableNode.is(node) ? node.table.identifier.name : ''
}

function nameOf(node: OperationNode): string {
  return ColumnNode.is(node) ? node.column.name : ''
}

function itemsOf(node: OperationNode): readonly unknown[] {
  return PrimitiveValueListNode.is(node) || ValueListNode.is(node) ? node.values : []
}

/** Returns the text of a value, in a list of its own; an empty list for anything else. */
function textOf(item: unknown): readonly string[] {
  if (typeof item === 'string') return [item]
  const isValue = typeof item === 'object' && item !== null && 'kind' in item && 'value' in item
  return isValue && item.kind === 'ValueNode' && typeof item.value === 'string' ? [item.value] : []
}
