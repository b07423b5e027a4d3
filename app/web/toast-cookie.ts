// Passes a toast to the next page in a cookie, so that addresses stay clean and a reload does not show it again.
import { z } from 'zod'
import { toastCookie, type Cookies } from './cookies.ts'
import { operatorToasts } from './operator/operator-toast.ts'
import { changeKinds, refusalKinds } from './ui/change-toast.ts'
import { seatToasts } from './ui/seat-toast.ts'
import type { Toast } from './ui/toast.ts'
import type { WebContext } from './web-context.ts'

const text = z.string().max(300)
const count = z.number().int().nonnegative()

/** The valid toasts. They contain no free text except names, because a browser can send any cookie. */
const toastSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.enum(['connected', 'reconnected']),
    connectionId: text,
    workspaceName: text,
    memberName: text.optional(),
  }),
  z.object({ kind: z.enum(['disconnected', 'not-this-one']), workspaceName: text }),
  z.object({ kind: z.literal('time-zone-saved'), timeZone: text }),
  z.object({ kind: z.literal('password-changed'), sessionsEnded: count }),
  z.object({ kind: z.literal('link-mailed'), emailAddress: text }),
  z.object({
    kind: z.enum(['address-removed', 'confirmed', 'two-step-off', 'passkey-renamed']),
  }),
  z.object({ kind: z.enum(['passkey-added', 'passkey-removed']), name: text }),
  z.object({ kind: z.literal('sessions-ended'), sessions: count }),
  z.object({ kind: z.literal('welcome'), username: text }),
  z.object({
    kind: z.literal('changed'),
    what: z.enum(changeKinds),
    content: text,
    detail: text.optional(),
    changeId: text,
    connectionId: text.optional(),
  }),
  z.object({ kind: z.literal('moved'), count, left: count, batch: text }),
  z.object({
    kind: z.enum([
      'undone',
      'undoing',
      'undo-too-late',
      'unchanged',
      'sent-again',
      'discarded',
      'no-longer-refused',
    ]),
  }),
  z.object({
    kind: z.literal('seat'),
    what: z.enum(seatToasts),
    name: text.optional(),
    workspaceName: text.optional(),
    unsent: count.optional(),
  }),
  z.object({ kind: z.literal('sign-on'), what: z.enum(['linked', 'unlinked', 'kept']) }),
  z.object({
    kind: z.literal('operator'),
    what: z.enum(operatorToasts),
    name: text.optional(),
  }),
  z.object({
    kind: z.literal('not-changed'),
    refusal: z.enum(refusalKinds),
    by: z.union([z.literal('you'), z.object({ name: text })]).optional(),
  }),
]) satisfies z.ZodType<Toast>

const shownWithinMs = 60_000

export function leaveToast(
  cookies: Cookies,
  context: WebContext,
  toast: z.input<typeof toastSchema>,
): void {
  const value = Buffer.from(JSON.stringify(toast)).toString('base64url')
  cookies.write(context, { name: toastCookie, value, maxAgeMs: shownWithinMs })
}

/** The header of a page that the script fetches without sending a form (browser/fetch-page.ts), in any tab. */
export const refetchHeader = 'x-taskr-refetch'

/** True for a page that the script fetches without sending a form. */
export function isRefetch(context: WebContext): boolean {
  return context.req.header(refetchHeader) !== undefined
}

/** True when the script of a signed-in person's page asks. */
export function isRefetchOfAccount(context: WebContext): boolean {
  return context.req.header(refetchHeader) === 'signed-in'
}

/** The header of a page whose toast still shows a number that may have changed (browser/keep-fresh.ts). */
export const shownToastHeader = 'x-taskr-toast'

/** Returns the toast for this page, once. A page that no form led to leaves it for the one that a form did. */
export function takeToast(cookies: Cookies, context: WebContext): Toast | undefined {
  if (isRefetch(context)) return undefined
  const value = cookies.read(context, toastCookie)
  if (value === undefined) return undefined
  cookies.remove(context, toastCookie)
  try {
    const parsed = toastSchema.safeParse(
      JSON.parse(Buffer.from(value, 'base64url').toString('utf8')),
    )
    return parsed.data
  } catch {
    // Taskr did not set this cookie.
    return undefined
  }
}
