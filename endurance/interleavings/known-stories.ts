// Stories that are played in every run: rare ones, and ones that failed before.
import type { Step, Tab, WorkspaceSlug } from './interleaving-steps.ts'

export const knownStories: ReadonlyMap<string, readonly Step[]> = new Map([
  [
    'ten minutes pass between beginning and coming back',
    [...signedIn(), ...onTheWay(0, 'acme'), pass(11 * 60_000), comeBack(0)],
  ],
  [
    'a fresh token waits too long for its connection, and another takes its place',
    [
      ...signedIn(),
      ...onTheWay(0, 'acme'),
      { ...comeBack(0), gate: { path: '/v2/self', side: 'before' } },
      pass(11 * 60_000),
      ...onTheWay(1, 'acme'),
      comeBack(1),
      { kind: 'let-go', tab: 0 },
    ],
  ],
  [
    'the same, when Attio has said already whose token it is',
    [
      ...signedIn(),
      ...onTheWay(0, 'acme'),
      { ...comeBack(0), gate: { path: '/v2/self', side: 'after' } },
      pass(11 * 60_000),
      { kind: 'let-go', tab: 0 },
    ],
  ],
  [
    'two tabs come back signed out, and both go on after signing in',
    [
      ...signedIn(),
      ...onTheWay(0, 'acme'),
      ...onTheWay(1, 'globex'),
      { kind: 'log-out', tab: 0, node: 0 },
      comeBack(0, 0),
      comeBack(1, 1),
      { kind: 'log-in', tab: 1, node: 1, person: 'jo', typed: true },
      { kind: 'resume', tab: 0, node: 0, gate: undefined },
      { kind: 'resume', tab: 1, node: 1, gate: undefined },
    ],
  ],
  [
    'begun as one, signed out, finished as the other',
    [
      ...signedIn(),
      ...onTheWay(0, 'acme'),
      { kind: 'log-out', tab: 0, node: 0 },
      comeBack(0),
      { kind: 'log-in', tab: 0, node: 0, person: 'kim', typed: true },
      { kind: 'resume', tab: 0, node: 1, gate: undefined },
      comeBack(0),
    ],
  ],
  [
    'disconnected by one tab while another is about to renew it',
    [
      ...signedIn(),
      ...onTheWay(0, 'acme'),
      comeBack(0),
      { kind: 'begin', tab: 0, node: 0, reconnects: 0 },
      { kind: 'approve', which: 0, workspace: 'globex' },
      { ...comeBack(0), gate: { path: '/oauth/token', side: 'after' } },
      { kind: 'disconnect', tab: 1, node: 1, which: 0, gate: undefined },
      { kind: 'let-go', tab: 0 },
    ],
  ],
  [
    'signed out in one tab while another waits for Attio',
    [
      ...signedIn(),
      ...onTheWay(0, 'acme'),
      { ...comeBack(0), gate: { path: '/oauth/token', side: 'before' } },
      { kind: 'log-out', tab: 1, node: 1 },
      { kind: 'let-go', tab: 0 },
    ],
  ],
])

function signedIn(): readonly Step[] {
  return [
    { kind: 'log-in', tab: 0, node: 0, person: 'jo', typed: false },
    { kind: 'log-in', tab: 2, node: 0, person: 'kim', typed: false },
  ]
}

function onTheWay(tab: Tab, workspace: WorkspaceSlug): readonly Step[] {
  return [
    { kind: 'begin', tab, node: 0, reconnects: undefined },
    { kind: 'approve', which: 0, workspace },
  ]
}

function comeBack(tab: Tab, which = 0): Extract<Step, { readonly kind: 'return' }> {
  return { kind: 'return', tab, node: 1, which, gate: undefined }
}

function pass(ms: number): Step {
  return { kind: 'pass-time', ms }
}
