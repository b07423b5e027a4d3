// Attio wraps its answers in `data`, except for /v2/self, and answers a delete with `{}`.
import { z } from 'zod'
import { sameId } from './id.ts'
import { expectationOf, pathOf } from './issue.ts'
import type { Turns } from '../http/turns.ts'

/** Makes the schema of a whole answer. It checks a large answer in these turns. */
export type AnswerSchema<T> = (turns: Turns) => z.ZodType<T>

export function dataOf<T>(schema: z.ZodType<T>): AnswerSchema<T> {
  return () => inData(schema)
}

function inData<T>(schema: z.ZodType<T>): z.ZodType<T> {
  return z.object({ data: schema }).transform(({ data }) => data)
}

/** Accepts only the resource that was asked for: a cache on the way may answer with another one. */
export function dataAbout<T extends { readonly id: string }>(
  schema: z.ZodType<T>,
  id: string,
): AnswerSchema<T> {
  return () =>
    inData(schema).refine((data) => sameId(data.id, id), {
      path: ['data', 'id'],
      message: 'expected the resource that was asked for',
    })
}

/** An item of a list that does not have the documented form. */
export interface UnreadableItem {
  /** Its position in the answer, from 0. */
  readonly index: number
  /** Dotted path inside the item; empty for the whole item. */
  readonly path: string
  readonly expectation: string
}

export interface ReadListOptions {
  /**
   * Called for each item that does not have the documented form; the list then leaves it out. Without it,
   * one such item fails the call. A list in which no item can be read always fails, and so does one with
   * more than 1,000 such items.
   */
  readonly onUnreadable?: (item: UnreadableItem) => void
}

export function listOf<T>(schema: z.ZodType<T>, options?: ReadListOptions): AnswerSchema<T[]> {
  return listFrom(schema, (item) => item, options)
}

/** Like `listOf`; `from` makes the result of each item. */
export function listFrom<Wire, T>(
  schema: z.ZodType<Wire>,
  from: (wire: Wire, turns: Turns) => T | Promise<T>,
  { onUnreadable }: ReadListOptions = {},
): AnswerSchema<T[]> {
  const most = onUnreadable === undefined ? 0 : mostUnreadable
  return (turns) =>
    inData(z.custom<unknown[]>(Array.isArray, 'expected array')).transform(
      async (items, context) => {
        const readable: T[] = []
        const unreadable: UnreadableItem[] = []
        for (const [index, item] of items.entries()) {
          const one = schema.safeParse(item)
          if (one.success) readable.push(await from(one.data, turns))
          else if (unreadable.push(unreadableItem(index, one.error)) > most) break
          if (turns.isOver()) await turns.next()
        }
        const [first] = unreadable
        if (first !== undefined && (readable.length === 0 || unreadable.length > most)) {
          const path = ['data', first.index, ...(first.path === '' ? [] : [first.path])]
          context.addIssue({ code: 'custom', path, message: first.expectation })
          return z.NEVER
        }
        for (const item of unreadable) onUnreadable?.(item)
        return readable
      },
    )
}

/** A list with more unreadable items fails, because reading them all would take too long. */
const mostUnreadable = 1_000

function unreadableItem(index: number, error: z.ZodError): UnreadableItem {
  const [issue] = error.issues
  return { index, path: pathOf(issue), expectation: expectationOf(issue) }
}

/** Accepts `{}`, Attio's answer to a delete. Any other object may come from a gateway and proves nothing. */
export const nothing: AnswerSchema<void> = () => z.strictObject({}).transform(() => undefined)
