// The short message after an action, shown on one page only.
import { addressOf, paths, taskAddress } from '../addresses.ts'
import { html, type Html } from './html.ts'
import { icon } from './icons.ts'
import {
  changeToastInWords,
  isChangeToast,
  undoBatchForm,
  undoForm,
  type ChangeToast,
} from './change-toast.ts'
import { seatToastInWords, type SeatToast } from './seat-toast.ts'
import { operatorToastInWords, type OperatorToast } from '../operator/operator-toast.ts'
import { counted } from './words.ts'

export type Toast =
  | {
      readonly kind: 'connected' | 'reconnected'
      readonly connectionId: string
      readonly workspaceName: string
      readonly memberName?: string | undefined
      /** progress of the first sync */
      readonly arrival?: Arrival | undefined
    }
  | { readonly kind: 'disconnected'; readonly workspaceName: string }
  | { readonly kind: 'not-this-one'; readonly workspaceName: string }
  | { readonly kind: 'time-zone-saved'; readonly timeZone: string }
  | { readonly kind: 'password-changed'; readonly sessionsEnded: number }
  | { readonly kind: 'link-mailed'; readonly emailAddress: string }
  | { readonly kind: 'address-removed' | 'confirmed' | 'two-step-off' | 'passkey-renamed' }
  | { readonly kind: 'passkey-added' | 'passkey-removed'; readonly name: string }
  | { readonly kind: 'sign-on'; readonly what: 'linked' | 'unlinked' | 'kept' }
  | { readonly kind: 'sessions-ended'; readonly sessions: number }
  | { readonly kind: 'welcome'; readonly username: string }
  | { readonly kind: 'said'; readonly text: string }
  | SeatToast
  | OperatorToast
  | ChangeToast

/** Returns the number of tasks synced so far, since Attio offers no total. */
export type Arrival =
  | { readonly kind: 'expected' | 'late' }
  | { readonly kind: 'coming' | 'here'; readonly tasks: number }

/** Renders the live region even when empty, so that a screen reader announces toasts that appear in it. */
export function toastRegion(toast: Toast | undefined, dismissAddress: string): Html {
  return html`<div class="toasts" id="toasts" role="status">
    ${toast === undefined ? '' : toastBox(toast, dismissAddress)}
  </div>`
}

function toastBox(toast: Toast, dismissAddress: string): Html {
  const about = toast.kind === 'connected' ? html`data-about="${toast.connectionId}"` : ''
  const added = toast.kind === 'changed' && toast.what === 'added' ? toast : undefined
  return html`<div
    class="toast"
    id="${idOf(toast)}"
    data-kind="${toast.kind}"
    ${about}
    ${added === undefined ? '' : html`data-added="${added.changeId}"`}
  >
    <p>${toastInWords(toast)}</p>
    ${toast.kind === 'connected' ? notThisOne(toast.connectionId) : ''}
    ${added === undefined ? '' : showAdded(added, dismissAddress)}
    ${toast.kind === 'changed' ? undoForm(toast.changeId, dismissAddress) : ''}
    ${toast.kind === 'moved' ? undoBatchForm(toast, dismissAddress) : ''}
    <a class="dismiss" href="${dismissAddress}" aria-label="Dismiss" data-dismiss
      >${icon('close')}</a
    >
  </div>`
}

/** A new toast replaces the one before it, which may have faded already. */
function idOf(toast: Toast): string {
  if (toast.kind === 'changed') return `toast-${toast.changeId}`
  return toast.kind === 'moved' ? `toast-${toast.batch}` : `toast-${toast.kind}`
}

/** Renders a link to the task, which the script removes when the list shows the task. */
function showAdded({ connectionId, changeId }: AddedToast, from: string): Html {
  if (connectionId === undefined) return html``
  return html`<a class="show" href="${taskAddress({ connectionId, taskId: changeId }, { from })}"
    >Show</a
  >`
}

type AddedToast = { readonly connectionId?: string | undefined; readonly changeId: string }

function notThisOne(connectionId: string): Html {
  return html`<form method="post" action="${addressOf(paths.disconnection, { connectionId })}">
    <button type="submit" name="reason" value="not-this-one">Wrong workspace?</button>
  </form>`
}

function toastInWords(toast: Toast): Html {
  if (isChangeToast(toast)) return changeToastInWords(toast)
  switch (toast.kind) {
    case 'connected':
    case 'reconnected': {
      const { kind, workspaceName, memberName } = toast
      const as = memberName === undefined ? '' : html` as <bdi>${memberName}</bdi>`
      const verb = kind === 'connected' ? 'Connected' : 'Reconnected'
      const arrival = kind === 'connected' ? arrivalInWords(toast.arrival) : '.'
      return html`${verb} <strong><bdi>${workspaceName}</bdi></strong
        >${as}${arrival}`
    }
    case 'disconnected':
      return html`Disconnected <bdi>${toast.workspaceName}</bdi>. Its tasks are deleted here.`
    case 'not-this-one':
      return html`Disconnected <bdi>${toast.workspaceName}</bdi>. Nothing of it is kept.`
    case 'time-zone-saved':
      return html`Time zone set to ${toast.timeZone.replaceAll('_', ' ')}.`
    case 'password-changed':
      return toast.sessionsEnded === 0
        ? html`Password changed.`
        : html`Password changed. ${sentence(counted(toast.sessionsEnded, 'other session'))} ended.`
    case 'link-mailed':
      return html`Link sent to <bdi>${toast.emailAddress}</bdi>. Open it to confirm the address.`
    case 'sign-on':
      return html`${signOnWords[toast.what]}`
    case 'address-removed':
      return html`Email address removed.`
    case 'confirmed':
      return html`Confirmed. You can continue.`
    case 'two-step-off':
      return html`Two-step verification is off.`
    case 'passkey-added':
      return html`Passkey added: <bdi>${toast.name}</bdi>.`
    case 'passkey-removed':
      return html`Passkey removed: <bdi>${toast.name}</bdi>. Delete it on your device, too.`
    case 'passkey-renamed':
      return html`Passkey renamed.`
    case 'sessions-ended':
      return html`${sentence(counted(toast.sessions, 'session'))} ended.`
    case 'welcome':
      return html`Welcome, <bdi>${toast.username}</bdi>.`
    case 'seat':
      return seatToastInWords(toast)
    case 'operator':
      return operatorToastInWords(toast)
    case 'said':
      return html`${toast.text}`
  }
}

const signOnWords = {
  linked: 'Single sign-on linked.',
  unlinked: 'Single sign-on unlinked. Log in with your password.',
  kept: 'Nothing to change.',
} as const

function arrivalInWords(arrival: Arrival | undefined): Html | string {
  switch (arrival?.kind) {
    case undefined:
    case 'expected':
      return '. Its tasks are on their way.'
    case 'late':
      return '. Its tasks haven’t arrived yet.'
    case 'coming':
      // Only the final number is announced.
      return html`<span aria-live="off"> · ${counted(arrival.tasks, 'task')} so far.</span>`
    case 'here':
      return html`<span> · ${counted(arrival.tasks, 'task')}.</span>`
  }
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
