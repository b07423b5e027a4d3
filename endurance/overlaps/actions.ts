// The actions that start sessions, and those that end them or change what a log-in needs. Each prepares a person, and
// returns what is then done at the same time as another one.
import assert from 'node:assert/strict'
import {
  askForAddress,
  beginFactor,
  client,
  comeBack,
  otherPassword,
  rightPassword,
  type Installation,
  type Node,
  type Needs,
  type Person,
} from './person.ts'

/** Does the action on a node. Returns how it ended, and the new cookie if there is one. */
export type Run = (node: Node) => Promise<Ended>
/** True when the action did what it was asked to. */
export const isDone = ({ kind }: Ended): boolean => done.has(kind)

const done = new Set([
  'signed-in',
  'code-needed',
  'changed',
  'confirmed',
  'reset',
  'on',
  'off',
  'made',
  'removed',
  'true',
  'done',
  'deleted',
])

export type Ended = { readonly kind: string; readonly cookie?: string }

export type Action = {
  /** Whether the account must have a second factor, or must not; either will do when undefined. */
  readonly hasFactor?: boolean
  readonly needsPasskey?: boolean
  readonly needsProvider?: boolean
  /** True for the few changes that stand for the others where time is short. */
  readonly isTelling?: boolean
  /** True for what needs no session of the person. */
  readonly needsNoSession?: boolean
  readonly prepare: (person: Person, node: Node, installation: Installation) => Promise<Run> | Run
}

/** Each may start a session, or give one a new cookie. */
export const starting: Readonly<Record<string, Action>> = {
  'logging in with the password': {
    hasFactor: false,
    prepare:
      ({ username }) =>
      async (node) =>
        ended(await node.signIn({ username, password: rightPassword }, client)),
  },
  'giving the password of an account with a code': {
    hasFactor: true,
    prepare:
      ({ username }) =>
      async (node) =>
        ended(await node.signIn({ username, password: rightPassword }, client)),
  },
  'giving the code of a log-in': {
    hasFactor: true,
    prepare: async ({ codes, username }, node) => {
      const begun = await node.signIn({ username, password: rightPassword }, client)
      assert.ok(begun.kind === 'code-needed')
      const code = codes.pop() ?? ''
      return async (other) => ended(await other.finishSignIn(begun.cookie.reveal(), code, client))
    },
  },
  'logging in with a passkey': {
    needsPasskey: true,
    prepare: async ({ authenticator }, node) => {
      const asked = await node.passkeys.ceremonies?.askForSignIn(client)
      assert.ok(asked?.kind === 'asked')
      const given = { response: authenticator.sign(asked.options), cookie: asked.cookie.reveal() }
      return async ({ passkeys: { ceremonies } }) => {
        assert.ok(ceremonies)
        return ended(await ceremonies.signIn(given, client))
      }
    },
  },
  'logging in through the provider': {
    needsProvider: true,
    prepare: async (_, node, { provider }) => {
      const answer = await comeBack(node, provider)
      return async ({ singleSignOn }) => {
        assert.ok(singleSignOn)
        return ended(await singleSignOn.finish(answer))
      }
    },
  },
  'changing the password in another browser': {
    prepare: ({ codes, there }) => {
      const code = codes.pop() ?? ''
      const change = { currentPassword: rightPassword, newPassword: `${otherPassword} too`, code }
      return async (node) => ended(await node.changePassword(there, change, client))
    },
  },
  'confirming the password in another browser': {
    prepare: ({ codes, there }) => {
      const given = { password: rightPassword, code: codes.pop() ?? '' }
      return async (node) => ended(await node.confirmPassword(there, given, client))
    },
  },
  'mailing a reset link': {
    prepare: async ({ address }, node) => {
      await node.askForReset(address, client)
      return async (other) => {
        await other.answerResetRequests()
        return { kind: 'answered' }
      }
    },
  },
}

/** Each ends sessions, or changes what a log-in needs. */
export const changing: Readonly<Record<string, Action>> = {
  'changing the password': {
    prepare: ({ codes, here }) => {
      const code = codes.pop() ?? ''
      const change = { currentPassword: rightPassword, newPassword: otherPassword, code }
      return async (node) => ended(await node.changePassword(here, change, client))
    },
  },
  'resetting the password': {
    needsNoSession: true,
    isTelling: true,
    prepare: async ({ accountId }, { operating }) => {
      const secret = (await operating.makeResetLink(accountId))?.reveal() ?? ''
      return async (node) =>
        ended(await node.resetPassword({ secret, newPassword: otherPassword }, client))
    },
  },
  'turning two-step verification on': {
    isTelling: true,
    hasFactor: false,
    prepare: async ({ here }, node) => {
      const code = await beginFactor(node, here)
      return async (other) => ended(await other.secondFactor.turnOn(here, code, client))
    },
  },
  'turning two-step verification off': {
    hasFactor: true,
    prepare: ({ codes, here }) => {
      const given = { password: rightPassword, code: codes.pop() ?? '' }
      return async (node) => ended(await node.secondFactor.turnOff(here, given, client))
    },
  },
  'making new recovery codes': {
    hasFactor: true,
    prepare:
      ({ here }) =>
      async (node) => ({
        kind: (await node.secondFactor.renewCodes(here, client)) === undefined ? 'refused' : 'made',
      }),
  },
  'removing the passkey': {
    needsPasskey: true,
    prepare: async ({ accountId, here }, node) => {
      const [passkey] = await node.passkeys.list(accountId)
      assert.ok(passkey)
      return async (other) => ({
        kind: String((await other.passkeys.remove(here, passkey.passkeyId, client)) !== undefined),
      })
    },
  },
  'unlinking the provider': {
    needsProvider: true,
    prepare:
      ({ here }) =>
      async (node) => ({ kind: String(await node.singleSignOn?.unlink(here)) }),
  },
  'confirming a new address': {
    needsNoSession: true,
    prepare: async ({ address, codes, here }, node) => {
      await askForAddress(node, here, `new-${address}`, codes.pop())
      const secret = node.mailed()
      return async (node) => ended(await node.confirmAddress(secret, client))
    },
  },
  'removing the address': {
    isTelling: true,
    prepare: ({ codes, here }) => {
      const change = { password: rightPassword, code: codes.pop() ?? '', emailAddress: '' }
      return async (node) => ended(await node.changeAddress(here, change, client))
    },
  },
  'ending the other sessions': {
    prepare:
      ({ here }) =>
      async (node) => ({ kind: String((await node.endOtherSessions(here)) > 0) }),
  },
  'an operator locking the account': {
    needsNoSession: true,
    isTelling: true,
    prepare:
      ({ accountId }) =>
      async ({ operating }) =>
        ended(await operating.lock({ by: 'command', accountId, endChanges: async () => {} })),
  },
  'an operator ending the sessions': {
    needsNoSession: true,
    prepare:
      ({ accountId }) =>
      async ({ operating }) => ({
        kind: String((await operating.endSessions('command', accountId)) > 0),
      }),
  },
  'an operator removing the second factor': {
    needsNoSession: true,
    hasFactor: true,
    prepare:
      ({ accountId }) =>
      async ({ operating }) => ({ kind: String(await operating.removeSecondFactor(accountId)) }),
  },
  'deleting the account': {
    prepare: ({ codes, here }) => {
      const asked = { password: rightPassword, code: codes.pop() ?? '', beforeDelete: [] }
      return async (node) => ended(await node.deleteAccount(here, asked, client))
    },
  },
}

/** Returns what an account must have for all of these actions; undefined when they exclude one another. */
export function needsOf(...actions: readonly Action[]): Needs | undefined {
  const factors = new Set(actions.flatMap(({ hasFactor }) => hasFactor ?? []))
  if (factors.size > 1) return undefined
  return {
    hasFactor: factors.has(true),
    hasPasskey: actions.some(({ needsPasskey }) => needsPasskey === true),
    hasProvider: actions.some(({ needsProvider }) => needsProvider === true),
  }
}

function ended(outcome: {
  readonly kind: string
  readonly cookie?: { readonly reveal: () => string }
}): Ended {
  const { cookie, kind } = outcome
  return kind === 'code-needed' || cookie === undefined
    ? { kind }
    : { kind, cookie: cookie.reveal() }
}
