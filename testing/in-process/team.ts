// The fixture of tests of seats: Ada has connected Acme, and colleagues join it with invitations.
import assert from 'node:assert/strict'
import { standard } from '@taskr/local-attio'
import {
  asMemberId,
  type AccountId,
  type ConnectionId,
  type MemberId,
} from '../../app/support/ids.ts'
import type { Browser } from './http-browser.ts'
import { createWorld, type World, type WorldOptions } from './testbed.ts'

export interface Team {
  readonly world: World
  /** Owns the connection to Acme, as Ada Byron. */
  readonly ada: Browser
  readonly owner: { readonly accountId: AccountId; readonly connectionId: ConnectionId }
  /** Signs a new account up and lets it join as a member of Acme. */
  readonly join: (username: string, memberId: string, rights?: Rights) => Promise<Colleague>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

export interface Rights {
  readonly sees?: 'own' | 'everyone'
  readonly mayLink?: boolean
}

export interface Colleague {
  readonly browser: Browser
  readonly accountId: AccountId
  readonly memberId: MemberId
}

export async function startTeam(options: WorldOptions = {}): Promise<Team> {
  const world = await createWorld(options)
  const ada = await world.connected('ada')
  const owner = await world.ownerOf(ada)
  return {
    world,
    ada,
    owner,
    join: async (username, member, { sees = 'own', mayLink = true } = {}) => {
      const memberId = asMemberId(member)
      const { seats } = world.taskr.parts
      const invited = await seats.invite(owner, [memberId], { sees, mayLink })
      const secret = invited?.[0]?.secret.reveal()
      assert.ok(secret !== undefined, `${username} is invited`)
      const browser = await world.signedUp(username)
      const accountId = await accountOf(world, browser)
      const joined = await seats.join(accountId, secret)
      assert.equal(joined.kind, 'joined', JSON.stringify(joined))
      return { browser, accountId, memberId }
    },
    [Symbol.asyncDispose]: world.close,
  }
}

export async function accountOf({ taskr }: World, browser: Browser): Promise<AccountId> {
  const session = await taskr.parts.accounts.findSession(browser.cookies.get('taskr_session') ?? '')
  assert.ok(session, 'the browser is signed in')
  return session.accountId
}

/** Acts in Attio as a member of Acme. */
export function inAttio(
  { attio }: World,
  person: keyof typeof standard.people = 'ada',
): ReturnType<World['attio']['control']['as']> {
  return attio.control.as({ member: standard.people[person].emailAddress, workspace: 'acme' })
}

let newMembers = 0

/** Adds a member to Acme in Attio, and returns their ID. */
export function addMember({ attio }: World, firstName: string): string {
  const { world } = attio.control
  const like = world.members.get(standard.members.benAtAcme)
  assert.ok(like)
  newMembers += 1
  const id = `00000000-0000-4000-8000-${String(newMembers).padStart(12, '0')}`
  const emailAddress = `${firstName.toLowerCase()}@acme.example`
  const names = { firstName, lastName: 'New', emailAddress }
  world.transact(() => world.members.put({ ...like, id, ...names }))
  return id
}

/** Suspends a member of a workspace in Attio, or makes them active again. */
export function suspendMember({ attio }: World, memberId: string, isSuspended = true): void {
  const { world } = attio.control
  const member = world.members.get(memberId)
  assert.ok(member)
  const accessLevel = isSuspended ? 'suspended' : 'member'
  world.transact(() => world.members.put({ ...member, accessLevel }))
}
