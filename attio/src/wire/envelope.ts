// Attio wraps its answers in `data`, except for /v2/self, and answers a delete with `{}`.
import { z } from 'zod'

export function dataOf<T>(schema: z.ZodType<T>): z.ZodType<T> {
  return z.object({ data: schema }).transform(({ data }) => data)
}

export function listOf<T>(schema: z.ZodType<T>): z.ZodType<T[]> {
  return dataOf(z.array(schema))
}

export const nothing: z.ZodType<void> = z.object({}).transform(() => undefined)
