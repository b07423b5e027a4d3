// Reads Attio's error bodies, and distinguishes them from a gateway's pages.
// Source: docs.attio.com/rest-api/guides/error-handling
import { z } from 'zod'
import { withoutToken } from '../http/access-token.ts'
import type { ValidationError } from '../errors.ts'
import { type ErrorSubject, readErrorSubject } from '../wire/error-subject.ts'
import { parseJson } from '../http/json.ts'
import { turnsFor } from '../http/turns.ts'

export interface ErrorBody {
  /** True when the body has all of `status_code` (equal to the status), `type`, `code` and `message`. */
  readonly isFromAttio: boolean
  readonly subject: ErrorSubject | undefined
  readonly type: string
  readonly code: string
  readonly attioMessage: string
  readonly validationErrors: readonly ValidationError[]
}

const longestMessage = 500
const longestList = 20

const word = z.string().regex(/^[a-z0-9_]{1,64}$/)

const attioErrorSchema = z.object({
  status_code: z.number(),
  type: word,
  code: word,
  message: z.string(),
})

/** The first items of a list; none when one of them does not have the documented form. */
function firstOf<Item extends z.ZodType>(item: Item) {
  return z
    .custom<unknown[]>(Array.isArray)
    .transform((items) => items.slice(0, longestList))
    .pipe(z.array(item))
    .catch([])
}

const anyErrorSchema = z.object({
  type: word.catch('unknown'),
  code: word.catch('unknown'),
  message: z.string().catch(''),
  validation_errors: firstOf(
    z.object({
      code: z.string().catch('unknown'),
      path: firstOf(z.union([z.string(), z.number()])),
      message: z.string().catch(''),
    }),
  ),
})

/** Reads an error body. Never throws. Every text in the result is short and without the token. */
export async function readErrorBody(
  text: string,
  { status, token }: { readonly status: number; readonly token: string },
): Promise<ErrorBody> {
  const parsed = await parseJson(text, turnsFor(text.length))
  const body = parsed.kind === 'value' ? parsed.value : undefined
  const isFromAttio = attioErrorSchema.safeParse(body).data?.status_code === status
  const { data } = anyErrorSchema.safeParse(body)
  const clean = (text = '') => withoutToken(text, token).slice(0, longestMessage)
  const attioMessage = clean(data?.message)
  return {
    isFromAttio,
    subject: isFromAttio ? readErrorSubject(attioMessage) : undefined,
    type: clean(data?.type ?? 'unknown'),
    code: clean(data?.code ?? 'unknown'),
    attioMessage,
    validationErrors: (data?.validation_errors ?? []).map((error) => ({
      code: clean(error.code),
      path: error.path.map((step) => (typeof step === 'string' ? clean(step) : step)),
      message: clean(error.message),
    })),
  }
}
