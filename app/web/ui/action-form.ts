// A form for one action, sent in place if the script runs. It contains the page to return to, and a key made for this
// rendering, so that sending the same form twice is one change (RL-28).
import { html, type Html } from './html.ts'

export type Here = {
  /** the Taskr address to return to */
  readonly returnTo: string
  /** returns the page's unguessable key */
  readonly requestKey: () => string
}

export type ActionForm = {
  readonly address: string
  readonly className?: string
  /** the id of a form that opens as a sheet on a narrow screen */
  readonly sheet?: string
  /** true for the form around a list, whose key is used for edits in place */
  readonly isList?: boolean
  readonly inside: Html
}

export function actionForm(
  here: Here,
  { address, className, sheet, isList, inside }: ActionForm,
): Html {
  return html`<form
    method="post"
    action="${address}"
    data-morph
    ${isList === true ? html`data-list` : ''}
    ${sheet === undefined ? '' : html`id="${sheet}" popover`}
    ${className === undefined ? '' : html`class="${className}"`}
  >
    <input type="hidden" name="requestKey" value="${here.requestKey()}" />
    <input type="hidden" name="returnTo" value="${here.returnTo}" />
    ${inside}
  </form>`
}
