// The fields of every form that changes a task: the form's key, and where to go afterwards. Sending the same form twice
// with the same values is one change (RL-28). With other values, as after the browser's Back, it is another change.
import { z } from 'zod'
import type { RequestKey } from '../../../tasks/changes.ts'
import { sha256Base64Url } from '../../../support/hash.ts'
import { paths } from '../../addresses.ts'
import { safeReturnTo } from '../../return-to.ts'
import type { WebContext } from '../../web-parts.ts'

const returnTo = z
  .string()
  .max(4_096)
  .default('')
  .transform((text) => safeReturnTo(text) ?? paths.home)

export const returnField = { returnTo }
export const changeFields = { returnTo, requestKey: z.string().regex(/^[\w-]{16,64}$/) }

/**
 * The IDs of the list that the page showed, separated by spaces, so that a change is what the person added and removed.
 */
export const shownField = z
  .string()
  .max(20_000)
  .transform((text) => text.split(' ').filter((id) => id !== ''))
  .optional()

/**
 * Turns the CRLF of submitted text (HTML, constructing the form data set) into the line feeds of a task's text. Any
 * length is accepted, so that a text that is too long comes back in its form.
 */
export const contentField = z
  .string()
  .default('')
  .transform((text) => text.replaceAll('\r\n', '\n').trim())

export function requestKeyOf(
  context: WebContext,
  form: { readonly requestKey: string; readonly returnTo: string },
): RequestKey {
  const { returnTo: _returnTo, ...said } = form
  return sha256Base64Url(JSON.stringify([context.req.path, said]))
}
