// What four people do with two workspaces, as data that fast-check can draw and shrink. Numbers in an action count from
// the newest item; an action that is impossible is refused or does nothing.
import * as fc from 'fast-check'

export const people = ['jo', 'kim', 'lee', 'max'] as const
export type Person = (typeof people)[number]

export const workspaces = ['acme', 'globex'] as const
export type Workspace = (typeof workspaces)[number]

/** Four members besides the one who connected the workspace. */
export const memberNumbers = [0, 1, 2, 3] as const
export type MemberNumber = (typeof memberNumbers)[number]

export type Sees = 'own' | 'everyone'

interface Named {
  readonly by: Person
  readonly workspace: Workspace
  /** The node that the person's request reaches. */
  readonly node: 0 | 1
}

export type Action =
  | (Named & { readonly kind: 'invite'; readonly member: MemberNumber; readonly sees: Sees })
  | (Pick<Named, 'by' | 'node'> & { readonly kind: 'join'; readonly secret: number })
  | (Named & { readonly kind: 'remove'; readonly person: Person })
  | (Named & { readonly kind: 'leave' })
  | (Named & { readonly kind: 'rights'; readonly person: Person; readonly sees: Sees })
  | (Named & { readonly kind: 'hand-over'; readonly person: Person })
  | (Named & { readonly kind: 'reconnect' })
  /** A member is suspended in Attio, or active again, and the members are synced. */
  | {
      readonly kind: 'suspend'
      readonly workspace: Workspace
      readonly member: MemberNumber
      readonly isSuspended: boolean
    }
  | { readonly kind: 'add-in-attio'; readonly workspace: Workspace; readonly member: MemberNumber }
  | {
      readonly kind: 'assign-in-attio'
      readonly workspace: Workspace
      readonly task: number
      readonly member: MemberNumber
    }
  | (Named & { readonly kind: 'add' })
  | (Named & { readonly kind: 'complete'; readonly task: number })

const person = fc.constantFrom(...people)
const workspace = fc.constantFrom(...workspaces)
const member = fc.constantFrom(...memberNumbers)
const sees = fc.constantFrom<Sees>('own', 'own', 'everyone')
const named = { by: person, workspace, node: fc.constantFrom<0 | 1>(0, 1) }
const newest = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.nat(4) },
)
const is = <Kind extends Action['kind']>(kind: Kind) => ({ kind: fc.constant(kind) })

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ ...is('invite'), ...named, member, sees }) },
  {
    weight: 6,
    arbitrary: fc.record({ ...is('join'), by: person, node: named.node, secret: newest }),
  },
  { weight: 3, arbitrary: fc.record({ ...is('remove'), ...named, person }) },
  { weight: 1, arbitrary: fc.record({ ...is('leave'), ...named }) },
  { weight: 2, arbitrary: fc.record({ ...is('rights'), ...named, person, sees }) },
  { weight: 2, arbitrary: fc.record({ ...is('hand-over'), ...named, person }) },
  { weight: 1, arbitrary: fc.record({ ...is('reconnect'), ...named }) },
  {
    weight: 3,
    arbitrary: fc.record({
      ...is('suspend'),
      workspace,
      member,
      isSuspended: fc.constantFrom(true, false, false),
    }),
  },
  { weight: 2, arbitrary: fc.record({ ...is('add-in-attio'), workspace, member }) },
  {
    weight: 2,
    arbitrary: fc.record({ ...is('assign-in-attio'), workspace, task: fc.nat(5), member }),
  },
  { weight: 2, arbitrary: fc.record({ ...is('add'), ...named }) },
  { weight: 1, arbitrary: fc.record({ ...is('complete'), ...named, task: fc.nat(5) }) },
)

/** An action with the people who make it possible, since most random ones would be refused. */
export interface Draw {
  readonly action: Action
  /** True when the owner of the workspace acts. */
  readonly asOwner: boolean
  /** Counts among the people who have a seat; undefined leaves the person as drawn. */
  readonly ofSeat: number | undefined
}

const draw: fc.Arbitrary<Draw> = fc.record({
  action,
  asOwner: fc.constantFrom(true, true, true, false),
  ofSeat: fc.option(fc.nat(2), { nil: undefined, freq: 4 }),
})

/** Two things happen at once, while another person looks at their list. */
export interface Moment {
  readonly first: Draw
  readonly second: Draw
  readonly reader: Person
}

export const moment: fc.Arbitrary<Moment> = fc.record({ first: draw, second: draw, reader: person })
