// Pages by cursor. The cursor is opaque to clients; here it holds an offset.
import { z } from 'zod'
import { refuse } from './errors.ts'

export type CursorPage<Item> = {
  readonly items: readonly Item[]
  readonly pagination: { readonly next_cursor: string | null }
}

/** The `limit` and `cursor` of a query string. */
export const cursorQuery = {
  limit: z
    .string()
    .regex(/^\d{1,9}$/, 'Expected a whole number')
    .transform(Number)
    .pipe(z.number().min(1).max(200))
    .default(50),
  cursor: z.string().min(1).optional(),
}

export function cursorPage<Item>(
  items: readonly Item[],
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): CursorPage<Item> {
  const offset = cursor === undefined ? 0 : offsetOf(cursor)
  const end = offset + limit
  return {
    items: items.slice(offset, end),
    pagination: { next_cursor: end < items.length ? cursorAt(end) : null },
  }
}

const cursorText = /^offset:(\d{1,9})$/

function cursorAt(offset: number): string {
  return Buffer.from(`offset:${offset}`).toString('base64url')
}

function offsetOf(cursor: string): number {
  const [, offset] = cursorText.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? []
  if (offset !== undefined) return Number(offset)
  throw refuse('validation_type', 'Query params validation error.', {
    validationErrors: [{ code: 'invalid', path: ['cursor'], message: 'Invalid cursor' }],
  })
}
