// The JSON form of faults: everything that in-process faults support, except functions.
import { z } from 'zod'

const limits = {
  probability: z.number().min(0).max(1).exactOptional(),
  seed: z.int().exactOptional(),
  count: z.int().min(1).exactOptional(),
  ttlMs: z.number().min(0).exactOptional(),
}

const answer = z.strictObject({
  latencyMs: z.number().min(0).exactOptional(),
  hang: z.boolean().exactOptional(),
  reset: z.enum(['before-commit', 'after-commit']).exactOptional(),
  status: z.int().min(200).max(599).exactOptional(),
  body: z.json().exactOptional(),
  bodyBytes: z
    .int()
    .min(0)
    .max(2 ** 31)
    .exactOptional(),
  headers: z.record(z.string(), z.string()).exactOptional(),
  retryAfter: z.enum(['date', 'seconds', 'garbage', 'absent']).exactOptional(),
  commit: z.boolean().exactOptional(),
  shape: z.enum(['null', 'empty-object', 'array', 'wrapped', 'strings']).exactOptional(),
  truncate: z.int().min(0).exactOptional(),
  redirect: z.record(z.string(), z.string().nullable()).exactOptional(),
})

export const faultBody = z.strictObject({
  method: z.string().exactOptional(),
  path: z.string().exactOptional(),
  token: z.string().exactOptional(),
  ...limits,
  answer,
})

export const webhookFaultBody = z.strictObject({
  webhookId: z.string().exactOptional(),
  targetUrl: z.string().exactOptional(),
  eventType: z.string().exactOptional(),
  ...limits,
  effect: z.strictObject({
    drop: z.boolean().exactOptional(),
    delayMs: z.number().min(0).exactOptional(),
    reorder: z.int().min(1).exactOptional(),
    duplicates: z.int().min(1).max(100).exactOptional(),
    signature: z.enum(['wrong', 'missing', 'upper-case', 'truncated', 'doubled']).exactOptional(),
    body: z.literal('altered').exactOptional(),
  }),
})
