// The short message after an action on seats.
import { html, type Html } from './html.ts'
import { counted } from './words.ts'

export const seatToasts = [
  'joined',
  'offer-over',
  'none-invited',
  'withdrawn',
  'rights-saved',
  'removed',
  'left',
  'handed-over',
  'not-handed-over',
  'gone',
] as const

export type SeatToast = {
  readonly kind: 'seat'
  readonly what: (typeof seatToasts)[number]
  /** the member */
  readonly name?: string | undefined
  readonly workspaceName?: string | undefined
  /** how many changes were not sent */
  readonly unsent?: number | undefined
}

export function seatToastInWords({ name = '', unsent = 0, what, workspaceName }: SeatToast): Html {
  const who = html`<bdi>${name}</bdi>`
  const workspace = html`<strong><bdi>${workspaceName ?? ''}</bdi></strong>`
  const notSent = unsent === 0 ? '' : ` ${counted(unsent, 'change')} had not reached Attio.`
  switch (what) {
    case 'joined':
      return html`Joined ${workspace}${name === '' ? '' : html` as ${who}`}.`
    case 'offer-over':
      return html`That offer is over. If you still need access, connect again.`
    case 'none-invited':
      return html`Choose at least one person who can be invited.`
    case 'withdrawn':
      return html`Invitation withdrawn. Its link no longer works.`
    case 'rights-saved':
      return html`Saved for ${who}.`
    case 'removed':
      return html`Removed ${who}.${notSent}`
    case 'left':
      return html`Left ${workspace}.${notSent}`
    case 'handed-over':
      return html`${workspace} is now ${who}’s to manage.`
    case 'not-handed-over':
      return html`Not handed over. Choose someone who is in now.`
    case 'gone':
      return html`That’s no longer there.`
  }
}
