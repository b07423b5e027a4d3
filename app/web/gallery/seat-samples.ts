// Samples of seats: people, invitations, offers, and what follows.
import { askAdminPage } from '../seats/views/ask-admin.ts'
import { invitationPage, refusedInvitationPage } from '../seats/views/invitation.ts'
import { offerPage } from '../seats/views/offer.ts'
import { peoplePage, type Person } from '../seats/views/people.ts'
import type { InvitationRefusal } from '../../connections/connections.ts'
import { day, hour, inApp, now, onCard, signedOut, type Sample, type Setting } from './sample.ts'

export function seatSamples(setting: Setting): readonly Sample[] {
  const { say } = setting
  const workspaceName = say('Acme Robotics')
  const rights = { sees: 'own', mayLink: true } as const
  const invitation = { workspaceName, memberName: say('Ben Okafor'), rights, maySignUp: true }
  const page = { frame: inApp(setting), connectionId: 'acme', workspaceName }
  const link = {
    name: say('Ben Okafor'),
    emailAddress: say('ben@acme.example'),
    link: say('https://taskr.example/join/secret'),
    isMailed: false,
  }
  return [
    { name: 'people', page: peoplePage({ ...page, ...people(say) }) },
    { name: 'people-links', page: peoplePage({ ...page, ...people(say), links: [link] }) },
    { name: 'people-all-in', page: peoplePage({ ...page, ...people(say), others: [] }) },
    {
      name: 'people-pages',
      page: peoplePage({
        ...page,
        ...people(say),
        search: 'a',
        inPosition: { page: 1, pages: 2 },
        position: { page: 3, pages: 400 },
      }),
    },
    {
      name: 'people-no-match',
      page: peoplePage({ ...page, ...people(say), search: say('zed'), isIn: [], others: [] }),
    },
    { name: 'invitation', page: invitationPage({ frame: onCard(setting), ...invitation }) },
    {
      name: 'invitation-signed-out',
      page: invitationPage({ frame: signedOut(setting), ...invitation }),
    },
    {
      name: 'invitation-sign-up-closed',
      page: invitationPage({ frame: signedOut(setting), ...invitation, maySignUp: false }),
    },
    ...refusals(say).map((refusal) => ({
      name: `invitation-${refusal.kind}`,
      page: refusedInvitationPage({ frame: onCard(setting), refusal, workspaceName }),
    })),
    {
      name: 'offer',
      page: offerPage({
        frame: onCard(setting),
        workspaceName,
        ownerName: say('Ada'),
        isIn: false,
      }),
    },
    { name: 'offer-in', page: offerPage({ frame: onCard(setting), workspaceName, isIn: true }) },
    {
      name: 'ask-admin',
      page: askAdminPage({
        frame: onCard(setting),
        link: 'https://taskr.example/integrations/attio/connect',
      }),
    },
  ]
}

function people(say: Setting['say']) {
  const rights = { sees: 'own', mayLink: true } as const
  const all = { sees: 'everyone', mayLink: false } as const
  const person = (memberId: string, name: string, state: Person['state']): Person => ({
    memberId,
    name: say(name),
    emailAddress: say(`${memberId}@acme.example`),
    state,
  })
  const isIn = [
    person('ada', 'Ada Byron', { kind: 'owner' }),
    person('ben', 'Ben Okafor', {
      kind: 'in',
      accountId: 'account-ben',
      rights: all,
      joinedAt: now - 3 * day,
      lastSeenAt: now - hour,
    }),
  ]
  const others = [
    person('dana', 'Dana', { kind: 'invited', rights, expiresAt: now + 2 * day, isExpired: false }),
    person('finn', 'Finn', { kind: 'invited', rights, expiresAt: now - day, isExpired: true }),
    person('gail', 'Gail', { kind: 'out' }),
    person('cleo', 'Cleo Marsh', { kind: 'suspended' }),
  ]
  const only = { page: 1, pages: 1 }
  return { search: '', isIn, inPosition: only, others, position: only }
}

function refusals(say: Setting['say']): readonly InvitationRefusal[] {
  return [
    { kind: 'unknown' },
    { kind: 'used' },
    { kind: 'expired' },
    { kind: 'member-gone' },
    { kind: 'member-suspended' },
    { kind: 'already-in' },
    { kind: 'other-address', own: say('jo@acme.example'), invited: say('ben@acme.example') },
  ]
}
