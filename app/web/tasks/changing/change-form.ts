// What every form that changes a task carries besides its own fields: the key of the form, and where the person goes
// afterwards. The same form sent twice, with the same in it, is one change (RL-28); sent again with something else in
// it, as after the browser's Back, it is another.
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

/** A text of many lines comes with CRLF (HTML, constructing the form data set); a task's text has line feeds. */
export const contentField = z
  .string()
  .max(20_000)
  .default('')
  .transform((text) => text.replaceAll('\r\n', '\n').trim())

export function requestKeyOf(
  context: WebContext,
  form: { readonly requestKey: string; readonly returnTo: string },
): RequestKey {
  const { returnTo: _returnTo, ...said } = form
  return sha256Base64Url(JSON.stringify([context.req.path, said]))
}
