// GET and POST /email-address: the page behind a mailed link. Opening it changes nothing; its form confirms the address.
import { paths } from '../addresses.ts'
import { clientOfRequest } from '../client-of-request.ts'
import { readForm, textField } from '../read-form.ts'
import { queryValue } from '../read-query.ts'
import type { Route } from '../routes.ts'
import type { RouteParts, WebContext } from '../web-parts.ts'
import { confirmAddressPage, type ConfirmAddressPage } from './views/confirm-address.ts'

export const confirmAddressRoutes: readonly Route[] = [
  ['GET', paths.addressConfirmation, showAddressConfirmation],
  ['POST', paths.addressConfirmation, confirmAddress],
]

async function showAddressConfirmation(parts: RouteParts, context: WebContext): Promise<Response> {
  const link = queryValue(context, 'link') ?? ''
  const found = await parts.accounts.findLink('verify-address', link)
  const state =
    found === undefined
      ? ({ kind: 'expired' } as const)
      : ({ kind: 'asked', link, ...found } as const)
  return await answer(parts, context, state)
}

async function confirmAddress(parts: RouteParts, context: WebContext): Promise<Response> {
  const { link } = await readForm(context, { link: textField })
  const client = clientOfRequest(context, parts.site)
  return await answer(parts, context, await parts.accounts.confirmAddress(link, client))
}

async function answer(
  { pages }: RouteParts,
  context: WebContext,
  state: ConfirmAddressPage['state'],
): Promise<Response> {
  const status = state.kind === 'expired' ? 404 : state.kind === 'too-many' ? 429 : 200
  return context.html(confirmAddressPage({ frame: pages.frame(context), state }), status)
}
