// The steps of two people in three tabs of two browsers, as data that fast-check can shrink. Numbers in a step count from
// the newest item, and an impossible step does nothing.
import * as fc from 'fast-check'

export const people = ['jo', 'kim'] as const
export type PersonName = (typeof people)[number]

export const workspaces = ['acme', 'globex'] as const
export type WorkspaceSlug = (typeof workspaces)[number]

/** The browser of each tab: two tabs share one, the third has its own. */
export const browserOfTab = [0, 0, 1] as const
export type Tab = 0 | 1 | 2

/** The point where a call to Attio is held until a later step releases it. */
export interface Gate {
  readonly path: '/oauth/token' | '/v2/self' | '/oauth/revoke'
  readonly side: 'before' | 'after'
}

interface Action {
  readonly tab: Tab
  readonly node: 0 | 1
}

export type Step =
  | (Action & { readonly kind: 'log-in'; readonly person: PersonName; readonly typed: boolean })
  | (Action & { readonly kind: 'log-out' })
  | (Action & { readonly kind: 'begin'; readonly reconnects: number | undefined })
  | { readonly kind: 'approve'; readonly which: number; readonly workspace: WorkspaceSlug }
  | { readonly kind: 'deny'; readonly which: number }
  | (Action & { readonly kind: 'return'; readonly which: number; readonly gate: Gate | undefined })
  | (Action & { readonly kind: 'resume'; readonly gate: Gate | undefined })
  | (Action & {
      readonly kind: 'disconnect'
      readonly which: number
      readonly gate: Gate | undefined
    })
  | { readonly kind: 'let-go'; readonly tab: Tab }
  | { readonly kind: 'pass-time'; readonly ms: number }

const tab = fc.constantFrom<Tab>(0, 1, 2)
const action = { tab, node: fc.constantFrom<0 | 1>(0, 1) }
const which = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.nat(5) },
)
const side = fc.constantFrom('before' as const, 'after' as const)
const gate = (...paths: readonly Gate['path'][]) =>
  fc.option(fc.record({ path: fc.constantFrom(...paths), side }), { nil: undefined, freq: 2 })
const connecting = gate('/oauth/token', '/v2/self')
const is = <Kind extends Step['kind']>(kind: Kind) => ({ kind: fc.constant(kind) })

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      ...is('log-in'),
      ...action,
      person: fc.constantFrom(...people),
      typed: fc.nat(19).map((drawn) => drawn === 19),
    }),
  },
  { weight: 2, arbitrary: fc.record({ ...is('log-out'), ...action }) },
  {
    weight: 6,
    arbitrary: fc.record({
      ...is('begin'),
      ...action,
      reconnects: fc.option(which, { nil: undefined, freq: 3 }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ ...is('approve'), which, workspace: fc.constantFrom(...workspaces) }),
  },
  { weight: 1, arbitrary: fc.record({ ...is('deny'), which }) },
  {
    weight: 8,
    arbitrary: fc.record({ ...is('return'), ...action, which, gate: connecting }),
  },
  { weight: 1, arbitrary: fc.record({ ...is('resume'), ...action, gate: connecting }) },
  {
    weight: 2,
    arbitrary: fc.record({
      ...is('disconnect'),
      ...action,
      which,
      gate: gate('/oauth/revoke'),
    }),
  },
  { weight: 4, arbitrary: fc.record({ ...is('let-go'), tab }) },
  {
    weight: 2,
    arbitrary: fc.record({ ...is('pass-time'), ms: fc.constantFrom(10_000, 11 * 60_000) }),
  },
)

/** One person connects without detours, perhaps held at a gate while others continue. */
const straightOn = fc
  .record({
    ...action,
    workspace: fc.constantFrom(...workspaces),
    reconnects: fc.option(which, { nil: undefined, freq: 3 }),
    gate: connecting,
  })
  .map(({ tab, node, workspace, reconnects, gate }): readonly Step[] => [
    { kind: 'begin', tab, node, reconnects },
    { kind: 'approve', which: 0, workspace },
    { kind: 'return', tab, node, which: 0, gate },
  ])

/** The browser is signed out during connecting, once or twice; then a person signs in and continues. */
const signedOutBetween = fc
  .record({
    ...action,
    person: fc.constantFrom(...people),
    chosen: fc.array(fc.constantFrom(...workspaces), { minLength: 1, maxLength: 2 }),
    gate: connecting,
  })
  .map(({ tab, node, person, chosen, gate }): readonly Step[] => [
    ...chosen.flatMap((workspace): readonly Step[] => [
      { kind: 'begin', tab, node, reconnects: undefined },
      { kind: 'approve', which: 0, workspace },
    ]),
    { kind: 'log-out', tab, node },
    ...chosen.map((_, which): Step => ({ kind: 'return', tab, node, which, gate: undefined })),
    { kind: 'log-in', tab, node, person, typed: false },
    ...chosen.map((): Step => ({ kind: 'resume', tab, node, gate })),
  ])

/** A story: both people sign in, each in their own browser; then any steps follow. */
export const history: fc.Arbitrary<readonly Step[]> = fc
  .array(
    fc.oneof(
      { weight: 14, arbitrary: step.map((one): readonly Step[] => [one]) },
      { weight: 2, arbitrary: straightOn },
      { weight: 1, arbitrary: signedOutBetween },
    ),
    { minLength: 6, maxLength: 30, size: 'max' },
  )
  .map((steps) => [signIn(0, 'jo'), signIn(2, 'kim'), ...steps.flat()])

function signIn(tab: Tab, person: PersonName): Step {
  return { kind: 'log-in', tab, node: 0, person, typed: false }
}
