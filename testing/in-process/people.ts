// People who use Taskr in a test: they sign up in a browser of their own and connect workspaces.
import assert from 'node:assert/strict'
import { standard, type LocalAttio } from '@taskr/local-attio'
import type { Taskr } from '../../app/compose.ts'
import type { AccountId, ConnectionId } from '../../app/support/ids.ts'
import { createBrowser, type Browser } from './http-browser.ts'
import { password } from './world-options.ts'

export interface People {
  /** Opens a browser without cookies. */
  readonly browser: () => Browser
  /** Opens a browser in which a new account has signed up. */
  readonly signedUp: (username?: string) => Promise<Browser>
  /** Opens a browser of a new account with a connected and synced workspace. */
  readonly connected: (username?: string) => Promise<Browser>
  /** Returns the account of a signed-in browser and its connection to a workspace. */
  readonly ownerOf: (
    browser: Browser,
    workspace?: string,
  ) => Promise<{ readonly accountId: AccountId; readonly connectionId: ConnectionId }>
}

/** `taskr` returns the Taskr that runs at the time. */
export function createPeople({
  attio,
  origin,
  taskr,
}: {
  readonly attio: LocalAttio
  readonly origin: string
  readonly taskr: () => Taskr
}): People {
  const browser = (): Browser =>
    createBrowser((request, address) => taskr().fetch(request, address), origin)
  const signedUp = async (username = 'jo'): Promise<Browser> => {
    const jo = browser()
    const entered = await jo.post('/signup', { username, password, timeZone: 'Europe/Berlin' })
    assert.equal(entered.status, 303, entered.body)
    return jo
  }
  return {
    browser,
    signedUp,
    connected: async (username) => {
      const jo = await signedUp(username)
      const connected = await connect(attio, jo)
      assert.equal(connected.status, 303, connected.body)
      await taskr().idle()
      return jo
    },
    ownerOf: async (browser, workspace = 'acme') => {
      const cookie = browser.cookies.get('taskr_session') ?? ''
      const session = await taskr().parts.accounts.findSession(cookie)
      assert.ok(session, 'the browser is signed in')
      const connections = await taskr().parts.connections.list(session.accountId)
      const connection = connections.find(({ workspaceSlug }) => workspaceSlug === workspace)
      assert.ok(connection, `${workspace} is connected`)
      return { accountId: session.accountId, connectionId: connection.connectionId }
    },
  }
}

/** Connects a workspace: presses the button, approves at Attio, follows the redirect. */
export async function connect(
  attio: LocalAttio,
  browser: Browser,
  choice: {
    readonly person?: string
    readonly workspace?: string
    readonly decision?: 'allow' | 'deny'
  } = {},
): Promise<Awaited<ReturnType<Browser['get']>>> {
  return await browser.get(await approve(attio, browser, choice))
}

/** Goes as far as Attio's approval; returns the address that Attio redirects to. */
export async function approve(
  attio: LocalAttio,
  browser: Browser,
  choice: {
    readonly person?: string
    readonly workspace?: string
    readonly decision?: 'allow' | 'deny'
  } = {},
): Promise<string> {
  const begun = await browser.post('/integrations/attio/connect')
  assert.equal(begun.status, 303, begun.body)
  const {
    person = standard.people.ada.emailAddress,
    workspace = 'acme',
    decision = 'allow',
  } = choice
  const back = attio.control.consent({ url: begun.location ?? '', person, workspace, decision })
  return back.pathname + back.search
}
