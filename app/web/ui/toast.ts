// A message after an action. It says what happened, in the past tense, and goes with the next page.
import { addressOf, paths, taskAddress } from '../addresses.ts'
import { html, type Html } from './html.ts'
import { icon } from './icons.ts'
import { changeNoticeInWords, isChangeNotice, undoForm, type ChangeNotice } from './change-toast.ts'
import { counted } from './words.ts'

export type Notice =
  | {
      readonly kind: 'connected' | 'reconnected'
      readonly connectionId: string
      readonly workspaceName: string
      readonly memberName?: string | undefined
      /** of the first walk, as far as the page knows of it */
      readonly arrival?: Arrival | undefined
    }
  | { readonly kind: 'disconnected'; readonly workspaceName: string }
  | { readonly kind: 'not-this-one'; readonly workspaceName: string }
  | { readonly kind: 'time-zone-saved'; readonly timeZone: string }
  | { readonly kind: 'password-changed'; readonly sessionsEnded: number }
  | { readonly kind: 'sessions-ended'; readonly sessions: number }
  | { readonly kind: 'welcome'; readonly username: string }
  | { readonly kind: 'said'; readonly text: string }
  | ChangeNotice

/** Attio cannot be asked how many tasks there are: what is said is what has come. */
export type Arrival =
  | { readonly kind: 'expected' | 'late' }
  | { readonly kind: 'coming' | 'here'; readonly tasks: number }

/** The region is always there, so that what appears in it is read out. */
export function noticeRegion(notice: Notice | undefined, dismissAddress: string): Html {
  return html`<div class="notices" id="notices" role="status">
    ${notice === undefined ? '' : noticeBox(notice, dismissAddress)}
  </div>`
}

function noticeBox(notice: Notice, dismissAddress: string): Html {
  const about = notice.kind === 'connected' ? html`data-about="${notice.connectionId}"` : ''
  const added = notice.kind === 'changed' && notice.what === 'added' ? notice : undefined
  return html`<div
    class="notice"
    data-kind="${notice.kind}"
    ${about}
    ${added === undefined ? '' : html`data-added="${added.changeId}"`}
  >
    <p>${noticeInWords(notice)}</p>
    ${notice.kind === 'connected' ? notThisOne(notice.connectionId) : ''}
    ${added === undefined ? '' : showAdded(added, dismissAddress)}
    ${notice.kind === 'changed' ? undoForm(notice.changeId, dismissAddress) : ''}
    <a class="dismiss" href="${dismissAddress}" aria-label="Dismiss" data-dismiss
      >${icon('close')}</a
    >
  </div>`
}

/** The script takes the link away where the list shows the task. */
function showAdded({ connectionId, changeId }: AddedNotice, from: string): Html {
  if (connectionId === undefined) return html``
  return html`<a class="show" href="${taskAddress({ connectionId, taskId: changeId }, { from })}"
    >Show</a
  >`
}

type AddedNotice = { readonly connectionId?: string | undefined; readonly changeId: string }

function notThisOne(connectionId: string): Html {
  return html`<form method="post" action="${addressOf(paths.disconnection, { connectionId })}">
    <button type="submit" name="reason" value="not-this-one">Not this one</button>
  </form>`
}

function noticeInWords(notice: Notice): Html {
  if (isChangeNotice(notice)) return changeNoticeInWords(notice)
  switch (notice.kind) {
    case 'connected':
    case 'reconnected': {
      const as = notice.memberName === undefined ? '' : `, as ${notice.memberName}`
      const words =
        notice.kind === 'reconnected' ? 'Connected again.' : arrivalInWords(notice.arrival)
      return html`<strong><bdi>${notice.workspaceName}</bdi><bdi>${as}</bdi>.</strong> ${words}`
    }
    case 'disconnected':
      return html`<bdi>${notice.workspaceName}</bdi> is disconnected, its copy here is gone.`
    case 'not-this-one':
      return html`<bdi>${notice.workspaceName}</bdi> was let go again. Nothing of it stays here.`
    case 'time-zone-saved':
      return html`Days and times are now those of ${notice.timeZone.replaceAll('_', ' ')}.`
    case 'password-changed':
      return notice.sessionsEnded === 0
        ? html`Your password is changed.`
        : html`Your password is changed. ${sentence(counted(notice.sessionsEnded, 'other session'))}
          ended.`
    case 'sessions-ended':
      return html`${sentence(counted(notice.sessions, 'session'))} ended.`
    case 'welcome':
      return html`Welcome, <bdi>${notice.username}</bdi>.`
    case 'said':
      return html`${notice.text}`
  }
}

function arrivalInWords(arrival: Arrival | undefined): Html {
  switch (arrival?.kind) {
    case undefined:
    case 'expected':
      return html`Its tasks are on their way.`
    case 'late':
      return html`Its tasks have not arrived yet.`
    case 'coming':
      // Not read out at every step: the end is.
      return html`<span aria-live="off">${sentence(counted(arrival.tasks, 'task'))} so far.</span>`
    case 'here':
      return html`<span>${sentence(counted(arrival.tasks, 'task'))}.</span>`
  }
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
