// Samples of the operators' pages.
import { accountListPage, type AccountListPage } from '../operator/views/account-list.ts'
import { operatedAccountPage, type OperatedAccountPage } from '../operator/views/account.ts'
import { connectionListPage } from '../operator/views/connection-list.ts'
import { operatorEventsPage, type OperatorEventRow } from '../operator/views/operator-events.ts'
import type { AppFrame } from '../ui/frame.ts'
import { day, hour, inApp, minute, now, type Sample, type Setting } from './sample.ts'

export function operatorSamples(setting: Setting): readonly Sample[] {
  return [...listSamples(setting), ...accountSamplesOf(setting), ...overviewSamples(setting)]
}

function ofOperator(setting: Setting): AppFrame {
  const frame = inApp(setting)
  return { ...frame, account: { ...frame.account, isOperator: true } }
}

function people({ say }: Setting): AccountListPage['accounts'] {
  const account = (
    username: string,
    changes: Partial<AccountListPage['accounts'][number]> = {},
  ) => ({
    accountId: username,
    username: say(username),
    emailAddress: say(`${username}@acme.example`),
    isVerified: true,
    createdAt: now - 40 * day,
    isOperator: false,
    lockedAt: undefined,
    ...changes,
  })
  return [
    account('jo', { isOperator: true }),
    account('ben.okafor', { lockedAt: now - 2 * hour }),
    account('cleo', { isVerified: false }),
    account('a-rather-long-username-of-32-xxx', { emailAddress: undefined, isVerified: false }),
  ]
}

function listSamples(setting: Setting): readonly Sample[] {
  const { say } = setting
  const page = (name: string, changes: Partial<AccountListPage>): Sample => ({
    name: `operator-accounts${name}`,
    page: accountListPage({
      frame: ofOperator(setting),
      search: '',
      accounts: people(setting),
      next: undefined,
      canMail: true,
      ...changes,
    }),
  })
  const problem = { field: 'emailAddress', message: say('Enter a valid email address.') }
  return [
    page('', { next: 'cleo' }),
    page('-none', { search: say('zoe'), accounts: [] }),
    page('-link', { newLink: say('https://taskr.example/signup?link=secret'), canMail: false }),
    page('-refused', { typed: say('jo@'), refusal: { kind: 'refused', problems: [problem] } }),
  ]
}

function accountSamplesOf(setting: Setting): readonly Sample[] {
  const { say } = setting
  const [jo, ben] = people(setting)
  if (jo === undefined || ben === undefined) return []
  const page = (name: string, changes: Partial<OperatedAccountPage>): Sample => ({
    name: `operator-account${name}`,
    page: operatedAccountPage({
      frame: ofOperator(setting),
      account: jo,
      isOwn: false,
      sessions: 2,
      lastSeenAt: now - 5 * minute,
      connections: [
        { workspaceName: say('Acme Robotics'), status: 'active', role: 'owner' },
        { workspaceName: say('Globex'), status: 'needs-reconnect', role: 'seat' },
      ],
      canMail: true,
      ...changes,
    }),
  })
  return [
    page('', {}),
    page('-locked', { account: ben, sessions: 0, lastSeenAt: undefined, connections: [] }),
    page('-own-refused', { isOwn: true, refusal: 'last-operator' }),
    page('-no-address', { canMail: false, refusal: 'mail-off' }),
  ]
}

function overviewSamples(setting: Setting): readonly Sample[] {
  const { say } = setting
  const frame = ofOperator(setting)
  const event = (kind: string, changes: Partial<OperatorEventRow> = {}): OperatorEventRow => ({
    at: now - hour,
    kind,
    operatorId: 'jo',
    operatorName: say('jo'),
    accountId: 'ben',
    accountName: say('ben.okafor'),
    ...changes,
  })
  return [
    {
      name: 'operator-connections',
      page: connectionListPage({
        frame,
        next: 'globe',
        connections: [
          {
            accountId: 'jo',
            workspaceName: say('Acme Robotics'),
            owner: say('jo'),
            status: 'active',
            asOf: now - minute,
            hasProblem: false,
          },
          {
            accountId: 'ben',
            workspaceName: say('Globex'),
            owner: undefined,
            status: 'needs-reconnect',
            asOf: undefined,
            hasProblem: true,
          },
        ],
      }),
    },
    {
      name: 'operator-connections-none',
      page: connectionListPage({ frame, connections: [], next: undefined }),
    },
    {
      name: 'operator-events',
      page: operatorEventsPage({
        frame,
        next: 'more',
        events: [
          event('locked'),
          event('sign-up-link-made', { accountId: undefined, accountName: undefined }),
          event('made-operator', { operatorId: undefined, operatorName: undefined }),
          event('unlocked', { operatorName: undefined, accountName: undefined }),
          event('of-another-version'),
        ],
      }),
    },
    {
      name: 'operator-events-none',
      page: operatorEventsPage({ frame, events: [], next: undefined }),
    },
  ]
}
