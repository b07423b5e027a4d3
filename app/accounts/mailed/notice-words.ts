// The words of security notices, for each event that is mailed.
import { browserInWords } from '../../support/browser-in-words.ts'
import type { EventKind } from '../audit/event-store.ts'

export type Details = Readonly<Record<string, string>>
export type Notice = { readonly subject: string; readonly paragraphs: readonly string[] }
/** Some events are mailed only with certain details. */
type Notices = Partial<Record<EventKind, (details: Details) => Notice | undefined>>

const logInNotices: Notices = {
  'password-changed': (details) => ({
    subject: 'Your Taskr password was changed',
    paragraphs: ['Your password was changed, and every other session ended.', ...from(details)],
  }),
  'password-reset': (details) => ({
    subject: 'Your Taskr password was reset',
    paragraphs: [
      'Your password was reset by a link mailed to you, and every session ended.',
      ...from(details),
    ],
  }),
  'sign-on-linked': ({ emailAddress = 'an address' }) => ({
    subject: 'Single sign-on was linked to your Taskr account',
    paragraphs: [`Your account can be logged in to through single sign-on as ${emailAddress}.`],
  }),
  'sign-on-unlinked': () => ({
    subject: 'Single sign-on was unlinked from your Taskr account',
    paragraphs: ['Your account can be logged in to with its password only.'],
  }),
}

const secondFactorNotices: Notices = {
  'second-factor-on': (details) => ({
    subject: 'Two-step verification was turned on for Taskr',
    paragraphs: [
      'Logging in to your account asks for a code now, and every other session ended.',
      ...from(details),
    ],
  }),
  'second-factor-off': (details) => ({
    subject: 'Two-step verification was turned off for Taskr',
    paragraphs: ['Logging in to your account asks for the password only.', ...from(details)],
  }),
  'codes-refused': (details) => ({
    subject: 'Wrong codes were entered for your Taskr account',
    paragraphs: [
      'Your password was entered, but not the right code. The log-in was refused.',
      'If it was you, log in with a recovery code or try again in a few minutes.',
      ...from(details),
    ],
  }),
  'recovery-code-used': ({ left = '0' }) => ({
    subject: 'A recovery code was used for your Taskr account',
    paragraphs: [`A recovery code took the place of your authenticator app. ${left} are left.`],
  }),
  'recovery-codes-renewed': (details) => ({
    subject: 'New recovery codes were made for your Taskr account',
    paragraphs: ['Your earlier recovery codes no longer work.', ...from(details)],
  }),
}

const passkeyNotices: Notices = {
  'passkey-added': ({ passkey = '', ...details }) => ({
    subject: 'A passkey was added to your Taskr account',
    paragraphs: [`The passkey ${passkey} can log in to your account now.`, ...from(details)],
  }),
  'passkey-removed': ({ passkey = '', ...details }) => ({
    subject: 'A passkey was removed from your Taskr account',
    paragraphs: [`The passkey ${passkey} can no longer log in.`, ...from(details)],
  }),
  'passkey-copied': ({ passkey = '', ...details }) => ({
    subject: 'A passkey of your Taskr account may have been copied',
    paragraphs: [
      `A log-in with the passkey ${passkey} was refused, because its counter went back. Remove it and add a new one.`,
      ...from(details),
    ],
  }),
}

const operatorNotices: Notices = {
  locked: ({ by = 'an operator' }) => ({
    subject: 'Your Taskr account was locked',
    paragraphs: [
      `Your account was locked by ${by}. You can't log in until it is unlocked.`,
      'Changes that had not reached Attio were dropped.',
    ],
  }),
  unlocked: ({ by = 'an operator' }) => ({
    subject: 'Your Taskr account was unlocked',
    paragraphs: [`Your account was unlocked by ${by}. You can log in again.`],
  }),
  'made-operator': () => ({
    subject: 'You run Taskr now',
    paragraphs: ['Your account was made an operator of this server.'],
  }),
}

const connectionNotices: Notices = {
  connected: ({ workspace = 'a workspace' }) => ({
    subject: `${workspace} was connected to Taskr`,
    paragraphs: [`${workspace} was connected to your account.`],
  }),
  reconnected: ({ by, workspace = 'a workspace' }) =>
    by === undefined
      ? undefined
      : {
          subject: `${workspace} was reconnected to Taskr`,
          paragraphs: [
            `${by} reconnected ${workspace}. You still own the connection, and Taskr now works there with the access that ${by} approved.`,
          ],
        },
  'seat-joined': ({ member = 'A colleague', workspace = 'a workspace' }) => ({
    subject: `${member} joined ${workspace} in Taskr`,
    paragraphs: [`${member} works with the tasks of ${workspace} now, through its connection.`],
  }),
  'seat-ended': ({
    member = 'A colleague',
    unsent = '0',
    why = '',
    workspace = 'a workspace',
  }) => ({
    subject: `${member} no longer works with ${workspace} in Taskr`,
    paragraphs: [
      `The seat of ${member} in ${workspace} ended${seatEnds.get(why) ?? ''}.`,
      ...droppedChanges(unsent),
    ],
  }),
  'handed-over': ({ to = 'a colleague', workspace = 'a workspace' }) => ({
    subject: `${workspace} was handed over in Taskr`,
    paragraphs: [`${to} manages the connection to ${workspace} from now on.`],
  }),
  disconnected: ({ workspace = 'a workspace' }) => ({
    subject: `${workspace} was disconnected from Taskr`,
    paragraphs: [`${workspace} was disconnected, and its tasks are deleted in Taskr.`],
  }),
}

const seatEnds: ReadonlyMap<string, string> = new Map([
  ['removed', ', because the owner of the connection removed it'],
  ['left', ', because they left'],
  ['suspended', ', because Attio no longer counts them as active'],
  ['disconnected', ', because the workspace was disconnected'],
])

function droppedChanges(unsent: string): readonly string[] {
  if (unsent === '0') return []
  const changes = unsent === '1' ? '1 change' : `${unsent} changes`
  return [`${changes} had not reached Attio and ${unsent === '1' ? 'was' : 'were'} dropped.`]
}

/** The events that are mailed, each with its words. */
export const notices: Notices = {
  ...logInNotices,
  ...secondFactorNotices,
  ...passkeyNotices,
  ...operatorNotices,
  ...connectionNotices,
}

/** The words for a sign-in from a kind of browser that the account has not used before. */
export function newBrowserNotice(details: Details): Notice {
  return {
    subject: 'New log-in to your Taskr account',
    paragraphs: ['Your account was logged in to from another kind of browser.', ...from(details)],
  }
}

function from({ address, browser }: Details): readonly string[] {
  if (address === undefined || browser === undefined) return []
  return [`From: ${browserInWords(browser)}, ${address}`]
}
