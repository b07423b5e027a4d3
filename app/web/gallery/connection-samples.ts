// Samples of connecting, its refusals, and connections.
import { connectPage, type ConnectPage } from '../connections/views/connect.ts'
import { connectionPage } from '../connections/views/connection.ts'
import type { ConnectionDetails } from '../connections/views/connection-panel.ts'
import { connectionsPage, type ConnectionsPage } from '../connections/views/connections.ts'
import type { RevocationReceipt } from '../connections/views/receipts.ts'
import type { Refusal } from '../connections/views/refusals.ts'
import { refusedPage } from '../connections/views/refused.ts'
import { resumePage } from '../connections/views/resume.ts'
import { asConnectionId } from '../../support/ids.ts'
import { problemPage, type PageProblem } from '../problems/views/problem.ts'
import {
  day,
  inApp,
  inSeveralWorkspaces,
  minute,
  now,
  onCard,
  signedOut,
  type Sample,
  type Setting,
} from './sample.ts'

export function connectionSamples(setting: Setting): readonly Sample[] {
  return [
    connect('connect-first', setting, { isFirst: true }),
    connect('connect', setting, {}),
    connect('connect-again', setting, {
      reconnects: { connectionId: 'globe', workspaceName: setting.say('Globex') },
    }),
    { name: 'resume', page: resumePage({ frame: onCard(setting) }) },
    ...refusals(setting).map((refusal) => ({
      name: `refused-${refusal.kind}`,
      page: refusedPage({ frame: onCard(setting), refusal }),
    })),
    ...connectionsSamples(setting),
    ...problems(setting.say).map((problem) => ({
      name: `problem-${problem.kind}`,
      page: problemPage({ frame: signedOut(setting), problem }),
    })),
  ]
}

function connect(name: string, setting: Setting, changes: Partial<ConnectPage>): Sample {
  const attioHost = setting.say('app.attio.com')
  const page = connectPage({ frame: onCard(setting), attioHost, mayAsk: true, ...changes })
  return { name, page }
}

function refusals({ say }: Setting): readonly Refusal[] {
  return [
    { kind: 'denied' },
    { kind: 'expired' },
    { kind: 'used-request' },
    { kind: 'unknown-request' },
    { kind: 'other-account' },
    { kind: 'other-session' },
    { kind: 'code-refused' },
    { kind: 'client-refused' },
    {
      kind: 'missing-scopes',
      workspaceName: say('Acme Robotics'),
      missing: ['task:read-write', 'user_management:read', say('something_new:read')],
    },
    { kind: 'attio-unreachable', retryAt: now + 2 * minute },
    { kind: 'attio-unclear' },
    {
      kind: 'other-workspace',
      connectionId: 'globe',
      expected: say('Globex'),
      chosen: say('Acme Robotics'),
    },
    { kind: 'attio-refused', code: say('temporarily_unavailable') },
  ]
}

function connectionsSamples(setting: Setting): readonly Sample[] {
  const all = connectionsOf(setting)
  const [acme] = all
  const frame = inSeveralWorkspaces(setting)
  const page = {
    frame,
    connections: all,
    asksFor: { proof: { by: 'password' } as const, code: true, orPasskey: true },
    receipts: receiptsOf(setting),
  }
  const message = setting.say('Wrong password.')
  return [
    { name: 'connections', page: connectionsPage(page) },
    {
      name: 'connections-refused',
      page: connectionsPage({
        ...page,
        refused: { connectionId: 'acme', problems: [{ field: 'password', message }] },
      }),
    },
    sharedSample(setting, page),
    {
      name: 'connections-none',
      page: connectionsPage({
        ...page,
        frame: { ...inApp(setting), workspaces: [], counts: undefined },
        connections: [],
        receipts: [],
      }),
    },
    ...(acme === undefined
      ? []
      : [
          {
            name: 'connection',
            page: connectionPage({ frame, connection: acme, asksFor: undefined }),
          },
          {
            name: 'connection-read-only',
            page: connectionPage({
              frame,
              connection: {
                ...acme,
                status: 'missing-scopes',
                scopes: ['task:read', 'user_management:read', setting.say('note:read')],
                lack: { scopes: ['task:read-write', 'webhook:read-write'], costs: 'writing' },
              },
              asksFor: undefined,
            }),
          },
        ]),
  ]
}

/** Connections with seats: one whose owner looks, and two through which the person works. */
function sharedSample(
  setting: Setting,
  page: Pick<ConnectionsPage, 'frame' | 'asksFor' | 'receipts'>,
): Sample {
  const { say } = setting
  const [acme, globex, umbrella] = connectionsOf(setting)
  if (acme === undefined || globex === undefined || umbrella === undefined) {
    throw new Error('The samples have no connections.')
  }
  const seat = {
    memberName: say('Ben Okafor'),
    isAdmin: false,
    rights: { sees: 'own', mayLink: true },
  } as const
  const name = say('The Very Long Holding Company of Southern Patagonia')
  const connections: readonly ConnectionDetails[] = [
    { ...acme, seats: [{ accountId: 'account-ben', name: say('Ben Okafor') }] },
    { ...globex, seat: { ...seat, isAdmin: true } },
    { ...umbrella, workspaceName: name, status: 'needs-reconnect', seat },
  ]
  const workspaceName = say('Initech')
  const ended: ConnectionsPage['ended'] = [
    { connectionId: asConnectionId('removed'), workspaceName, state: 'removed', unsent: [] },
    {
      connectionId: asConnectionId('suspended'),
      workspaceName,
      state: 'suspended',
      unsent: [say('Send the revised quote')],
    },
    {
      connectionId: asConnectionId('disconnected'),
      workspaceName,
      state: 'disconnected',
      unsent: [],
    },
  ]
  const shown = { ...page, connections, receipts: [], ended }
  const refused = {
    connectionId: 'acme',
    problems: [],
    because: say('Colleagues work through it. Hand it over, or tick the box below.'),
  }
  return { name: 'connections-shared', page: connectionsPage({ ...shown, refused }) }
}

function connectionsOf({ say }: Setting): readonly ConnectionDetails[] {
  const acme: ConnectionDetails = {
    connectionId: 'acme',
    workspaceName: say('Acme Robotics'),
    workspaceSlug: 'acme',
    memberName: say('Jo Doe'),
    status: 'active',
    scopes: [
      'task:read-write',
      'user_management:read',
      'record_permission:read',
      'object_configuration:read',
      'webhook:read-write',
    ],
    createdAt: now - 200 * day,
    asOf: now - minute,
    tasks: 1214,
    updates: { kind: 'live' },
  }
  return [
    acme,
    {
      ...acme,
      connectionId: 'globe',
      workspaceName: say('Globex'),
      status: 'needs-reconnect',
      asOf: now - day,
      updates: { kind: 'polled', why: 'needs-reconnect' },
    },
    {
      ...acme,
      connectionId: 'umbrella',
      workspaceName: say('The Very Long Holding Company of Southern Patagonia'),
      memberName: undefined,
      status: 'missing-scopes',
      lack: { scopes: ['task:read-write'], costs: 'writing' },
      asOf: null,
      tasks: 0,
      updates: { kind: 'polled', why: 'missing-scope' },
    },
    { ...acme, connectionId: 'soylent', workspaceName: say('Soylent'), status: 'disconnecting' },
  ]
}

function receiptsOf({ say }: Setting): readonly RevocationReceipt[] {
  const receipt = {
    workspaceName: say('Initech'),
    attempts: 1,
    requestedAt: now - 3 * minute,
    finishedAt: null,
  }
  return [
    {
      ...receipt,
      revocationId: '1',
      status: 'pending',
      nextAttemptAt: now + minute,
      lastAnswer: { kind: 'answered', status: 429 },
    },
    { ...receipt, revocationId: '2', status: 'pending', attempts: 0 },
    {
      ...receipt,
      revocationId: '3',
      status: 'revoked',
      finishedAt: now - 2 * minute,
      lastAnswer: { kind: 'answered', status: 204 },
      webhook: { status: 'removed' },
    },
    {
      ...receipt,
      revocationId: '5',
      status: 'pending',
      attempts: 0,
      nextAttemptAt: now + minute,
      webhook: { status: 'pending', lastAnswer: { kind: 'timed-out' } },
    },
    {
      ...receipt,
      revocationId: '6',
      status: 'revoked',
      finishedAt: now - minute,
      webhook: { status: 'left', lastAnswer: { kind: 'answered', status: 500 } },
    },
    {
      ...receipt,
      revocationId: '4',
      status: 'gave-up',
      attempts: 40,
      finishedAt: now - day,
      lastAnswer: { kind: 'timed-out' },
    },
  ]
}

function problems(say: (text: string) => string): readonly PageProblem[] {
  return [
    { kind: 'bad-request' },
    { kind: 'cross-site' },
    { kind: 'not-found' },
    { kind: 'method-not-allowed' },
    { kind: 'too-large' },
    { kind: 'unsupported-media-type' },
    { kind: 'too-many', retryAt: now + 40_000 },
    { kind: 'too-many-connections', most: 50 },
    { kind: 'internal', requestId: say('01932d5e-3c1b-7000-8000-2f5a1c9e0b11') },
    { kind: 'unavailable' },
  ]
}
