// The short message after an operator's action.
import { html, type Html } from '../ui/html.ts'

export const operatorToasts = [
  'locked',
  'unlocked',
  'reset-link-mailed',
  'made-operator',
  'unmade-operator',
  'sign-up-link-mailed',
] as const

export type OperatorToast = {
  readonly kind: 'operator'
  readonly what: (typeof operatorToasts)[number]
  /** the account, or the address of a link */
  readonly name?: string | undefined
}

export function operatorToastInWords({ name = '', what }: OperatorToast): Html {
  const who = html`<bdi>${name}</bdi>`
  switch (what) {
    case 'locked':
      return html`Locked ${who}. Their sessions ended.`
    case 'unlocked':
      return html`Unlocked ${who}.`
    case 'reset-link-mailed':
      return html`Reset link sent to ${who}.`
    case 'made-operator':
      return html`${who} is an operator now.`
    case 'unmade-operator':
      return html`${who} is no longer an operator.`
    case 'sign-up-link-mailed':
      return html`Sign-up link sent to ${who}.`
  }
}
