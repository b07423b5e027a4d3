// Attio's error bodies. Everything is optional: a proxy's HTML page must become a typed error, too.
// Source: docs.attio.com/rest-api/guides/error-handling
import { z } from 'zod'
import { withoutToken } from '../http/access-token.ts'
import type { ValidationError } from '../errors.ts'

export interface ErrorBody {
  readonly type: string
  readonly code: string
  readonly attioMessage: string
  readonly validationErrors: readonly ValidationError[]
}

const longestMessage = 500
const longestList = 20

const word = z
  .string()
  .regex(/^[a-z0-9_]{1,64}$/)
  .catch('unknown')

const errorBodySchema = z.object({
  type: word,
  code: word,
  message: z.string().catch(''),
  validation_errors: z
    .array(
      z.object({
        code: z.string().catch('unknown'),
        path: z.array(z.union([z.string(), z.number()])).catch([]),
        message: z.string().catch(''),
      }),
    )
    .catch([]),
})

/** Never throws. Every text in the result is without the token, and short. */
export function readErrorBody(text: string, token: string): ErrorBody {
  const { data } = errorBodySchema.safeParse(parseJson(text))
  const clean = (text = '') => withoutToken(text, token).slice(0, longestMessage)
  return {
    type: clean(data?.type ?? 'unknown'),
    code: clean(data?.code ?? 'unknown'),
    attioMessage: clean(data?.message),
    validationErrors: (data?.validation_errors ?? []).slice(0, longestList).map((error) => ({
      code: clean(error.code),
      path: error.path.map((step) => (typeof step === 'string' ? clean(step) : step)),
      message: clean(error.message),
    })),
  }
}

/** The value, or undefined. The parser's own error quotes the text, so it goes no further. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
