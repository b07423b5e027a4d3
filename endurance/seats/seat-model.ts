// What each person may see, worked out from what the actions answered and from nothing that Taskr stores.
import {
  people,
  type Action,
  type Draw,
  type MemberNumber,
  type Person,
  type Sees,
  type Workspace,
} from './seat-actions.ts'

export interface ModelSeat {
  readonly member: MemberNumber
  readonly sees: Sees
}

export interface ModelInvitation extends ModelSeat {
  readonly secret: string
}

export interface ModelWorkspace {
  readonly owner: Person
  /** The member that the owner is; undefined for the one who connected first. */
  readonly ownerMember: MemberNumber | undefined
  readonly seats: Readonly<Partial<Record<Person, ModelSeat>>>
  readonly invitations: readonly ModelInvitation[]
  readonly suspended: readonly MemberNumber[]
}

export interface ModelTask {
  readonly content: string
  readonly workspace: Workspace
  readonly assignees: readonly MemberNumber[]
  /** The member who added it in Taskr. */
  readonly requestedBy: MemberNumber | undefined
}

export interface Model {
  readonly workspaces: Readonly<Record<Workspace, ModelWorkspace>>
  /** Every task that was added, completed ones included. */
  readonly tasks: readonly ModelTask[]
}

/** What an action answered; `undefined` when it was refused or impossible. */
export type Outcome =
  | { readonly kind: 'invited'; readonly invitation: ModelInvitation }
  | { readonly kind: 'joined'; readonly workspace: Workspace; readonly secret: string }
  | { readonly kind: 'done' }
  /** A task was added, assigned or completed. */
  | { readonly kind: 'task'; readonly content: string }
  | undefined

/** Returns the drawn action with the people that the draw asks for. */
export function actionOf({ workspaces }: Model, { action, asOwner, ofSeat }: Draw): Action {
  if (action.kind === 'join' || !('by' in action)) return action
  const { owner, seats } = workspaces[action.workspace]
  const isForSeats = action.kind === 'leave' || action.kind === 'add' || action.kind === 'complete'
  const holders = people.filter((person) => seats[person] !== undefined)
  const holder = ofSeat === undefined ? undefined : holders[ofSeat % Math.max(1, holders.length)]
  if (isForSeats) return holder === undefined ? action : { ...action, by: holder }
  const by = asOwner ? owner : action.by
  if (!('person' in action)) return { ...action, by }
  return { ...action, by, person: holder ?? action.person }
}

/** Returns the state after an action with this outcome; undefined when that state does not allow the outcome. */
export function after(model: Model, action: Action, outcome: Outcome): Model | undefined {
  if (outcome === undefined) return model
  switch (action.kind) {
    case 'invite': {
      const before = model.workspaces[action.workspace]
      if (outcome.kind !== 'invited' || !isOwner(model, action)) return undefined
      const others = before.invitations.filter(({ member }) => member !== action.member)
      return put(model, action.workspace, { invitations: [...others, outcome.invitation] })
    }
    case 'join':
      return outcome.kind === 'joined' ? afterJoin(model, action.by, outcome) : undefined
    case 'remove':
      return isOwner(model, action)
        ? withoutSeat(model, action.workspace, action.person)
        : undefined
    case 'leave':
      return withoutSeat(model, action.workspace, action.by)
    case 'rights': {
      const { seats } = model.workspaces[action.workspace]
      const seat = seats[action.person]
      if (!isOwner(model, action) || seat === undefined) return undefined
      const changed = { ...seat, sees: action.sees }
      return put(model, action.workspace, { seats: { ...seats, [action.person]: changed } })
    }
    case 'hand-over': {
      if (!isOwner(model, action)) return undefined
      const { workspace, person: owner } = action
      const ownerMember = model.workspaces[workspace].seats[owner]?.member
      const handed = withoutSeat(model, workspace, owner)
      return handed && put(handed, workspace, { owner, ownerMember })
    }
    case 'suspend': {
      const { seats, suspended } = model.workspaces[action.workspace]
      const others = suspended.filter((member) => member !== action.member)
      if (!action.isSuspended) return put(model, action.workspace, { suspended: others })
      const kept = Object.fromEntries(
        Object.entries(seats).filter(([, { member }]) => member !== action.member),
      )
      return put(model, action.workspace, { suspended: [...others, action.member], seats: kept })
    }
    case 'reconnect':
      // The member who approved it is none of the four.
      return put(model, action.workspace, { ownerMember: undefined })
    case 'add-in-attio':
    case 'assign-in-attio':
    case 'add':
    case 'complete':
      return outcome.kind === 'task' ? afterTask(model, action, outcome.content) : undefined
  }
}

export function maySee(model: Model, person: Person, task: ModelTask): boolean {
  const { owner, seats } = model.workspaces[task.workspace]
  if (owner === person) return true
  const seat = seats[person]
  if (seat === undefined) return false
  if (seat.sees === 'everyone') return true
  return task.assignees.includes(seat.member) || task.requestedBy === seat.member
}

function afterJoin(
  model: Model,
  by: Person,
  { secret, workspace }: Extract<Outcome, { kind: 'joined' }>,
): Model | undefined {
  const { invitations, owner, seats, suspended } = model.workspaces[workspace]
  const invitation = invitations.find((one) => one.secret === secret)
  const isIn = owner === by || seats[by] !== undefined
  if (invitation === undefined || isIn || suspended.includes(invitation.member)) return undefined
  const { member, sees } = invitation
  if (Object.values(seats).some((seat) => seat.member === member)) return undefined
  return put(model, workspace, {
    seats: { ...seats, [by]: { member, sees } },
    invitations: invitations.filter((one) => one !== invitation),
  })
}

type TaskAction = Extract<Action, { kind: 'add-in-attio' | 'assign-in-attio' | 'add' | 'complete' }>

function afterTask(model: Model, action: TaskAction, content: string): Model | undefined {
  const { workspace } = action
  const { tasks } = model
  const task = tasks.find((one) => one.content === content)
  const others = tasks.filter((one) => one !== task)
  switch (action.kind) {
    case 'add-in-attio': {
      const assignees = [action.member]
      return {
        ...model,
        tasks: [...tasks, { content, workspace, assignees, requestedBy: undefined }],
      }
    }
    case 'assign-in-attio':
      return task && { ...model, tasks: [...others, { ...task, assignees: [action.member] }] }
    case 'add': {
      const { owner, ownerMember, seats } = model.workspaces[workspace]
      const seat = seats[action.by]
      if (owner !== action.by && seat === undefined) return undefined
      const requestedBy = seat === undefined ? ownerMember : seat.member
      return { ...model, tasks: [...tasks, { content, workspace, assignees: [], requestedBy }] }
    }
    case 'complete':
      return task !== undefined && maySee(model, action.by, task) ? model : undefined
  }
}

function isOwner(
  model: Model,
  { by, workspace }: { readonly by: Person; readonly workspace: Workspace },
): boolean {
  return model.workspaces[workspace].owner === by
}

/** Returns undefined when the person has no seat there. */
function withoutSeat(model: Model, workspace: Workspace, person: Person): Model | undefined {
  const { [person]: seat, ...seats } = model.workspaces[workspace].seats
  return seat && put(model, workspace, { seats })
}

function put(model: Model, workspace: Workspace, changed: Partial<ModelWorkspace>): Model {
  const { workspaces } = model
  const workspaceAfter = { ...workspaces[workspace], ...changed }
  return { ...model, workspaces: { ...workspaces, [workspace]: workspaceAfter } }
}
