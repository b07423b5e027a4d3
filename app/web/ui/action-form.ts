// A form that changes something: one button's worth of doing, sent in place where there is a script. It knows where
// the person is, so that they come back there, and carries a key made for this very rendering of it: the same form
// sent twice is one change (RL-28).
import { html, type Html } from './html.ts'

export type Here = {
  /** where the person goes afterwards: an address of ours */
  readonly returnTo: string
  /** makes a key that nobody can guess, another each time */
  readonly requestKey: () => string
}

export type ActionForm = {
  readonly address: string
  readonly className?: string
  /** the form around a list: what is edited in place borrows its key */
  readonly isList?: boolean
  readonly inside: Html
}

export function actionForm(here: Here, { address, className, isList, inside }: ActionForm): Html {
  return html`<form
    method="post"
    action="${address}"
    data-morph
    ${isList === true ? html`data-list` : ''}
    ${className === undefined ? '' : html`class="${className}"`}
  >
    <input type="hidden" name="requestKey" value="${here.requestKey()}" />
    <input type="hidden" name="returnTo" value="${here.returnTo}" />
    ${inside}
  </form>`
}
