// A message after an action. It says what happened, in the past tense, and goes with the next page.
import { addressOf, paths } from '../addresses.ts'
import { html, type Html } from './html.ts'
import { icon } from './icons.ts'
import {
  changeNoticeInWords,
  isChangeNotice,
  undoForm,
  type ChangeNotice,
} from './change-notice.ts'
import { counted } from './words.ts'

export type Notice =
  | {
      readonly kind: 'connected' | 'reconnected'
      readonly connectionId: string
      readonly workspaceName: string
      readonly memberName?: string | undefined
      /** how many tasks Attio has for us, when it is known */
      readonly tasks?: number | undefined
    }
  | { readonly kind: 'disconnected'; readonly workspaceName: string }
  | { readonly kind: 'not-this-one'; readonly workspaceName: string }
  | { readonly kind: 'time-zone-saved'; readonly timeZone: string }
  | { readonly kind: 'password-changed'; readonly sessionsEnded: number }
  | { readonly kind: 'sessions-ended'; readonly sessions: number }
  | { readonly kind: 'welcome'; readonly username: string }
  | { readonly kind: 'said'; readonly text: string }
  | ChangeNotice

/** The region is always there, so that what appears in it is read out. */
export function noticeRegion(notice: Notice | undefined, dismissAddress: string): Html {
  return html`<div class="notices" id="notices" role="status">
    ${notice === undefined ? '' : noticeBox(notice, dismissAddress)}
  </div>`
}

function noticeBox(notice: Notice, dismissAddress: string): Html {
  return html`<div class="notice" data-kind="${notice.kind}">
    <p>${noticeInWords(notice)}</p>
    ${notice.kind === 'connected' ? notThisOne(notice.connectionId) : ''}
    ${notice.kind === 'changed' ? undoForm(notice.changeId, dismissAddress) : ''}
    <a class="dismiss" href="${dismissAddress}" aria-label="Dismiss" data-dismiss
      >${icon('close')}</a
    >
  </div>`
}

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
      const tasks =
        notice.tasks === undefined
          ? 'Connected. Its tasks appear here.'
          : `${sentence(counted(notice.tasks, 'task'))} on ${notice.tasks === 1 ? 'its' : 'their'} way.`
      return html`<strong><bdi>${notice.workspaceName}</bdi><bdi>${as}</bdi>.</strong> ${tasks}`
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

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
