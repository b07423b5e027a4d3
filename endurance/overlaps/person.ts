// A person with two browsers and a verified address; with a second factor, a passkey or an identity of the provider where
// a pair of actions needs one. Each pair takes a new person, so that one database serves all.
import assert from 'node:assert/strict'
import {
  createAccounts,
  createArgon2id,
  createIdentityProvider,
  createLimits,
  createPasswords,
  type Accounts,
  type IdentityProvider,
  type Session,
} from '../../app/accounts/accounts.ts'
import type { Database } from '../../app/database/open-database.ts'
import { createTestClock, type TestClock } from '../../app/support/clock.ts'
import { createIds, type AccountId } from '../../app/support/ids.ts'
import { createTestLogger } from '../../app/support/logger.ts'
import { systemRandomBytes } from '../../app/support/random.ts'
import { Secret } from '../../app/support/secret.ts'
import type { TestProvider } from '../../testing/identity-provider/identity-provider.ts'
import { codeAt } from '../../testing/in-process/factors/authenticator-app.ts'
import {
  createAuthenticator,
  type Authenticator,
} from '../../testing/in-process/factors/software-authenticator.ts'

export const rightPassword = 'eleven blue kettles whistle'
export const otherPassword = 'a walrus paints the harbour'
export const client = { address: '192.0.2.7', userAgent: 'Test browser' }

const origin = 'https://taskr.example'
export const redirectUri = `${origin}/login/callback`

export type Installation = {
  readonly database: Database
  readonly clock: TestClock
  readonly provider: TestProvider
  readonly identityProvider: IdentityProvider
}

export type Person = {
  readonly accountId: AccountId
  readonly username: string
  readonly address: string
  /** The session that acts. */
  readonly here: Session
  /** A session in another browser. */
  readonly there: Session
  readonly authenticator: Authenticator
  /** Recovery codes; none unless the account has a second factor. */
  readonly codes: string[]
}

/** Taskr's accounts as one node has them. */
export type Node = Accounts & {
  readonly clock: TestClock
  /** Returns the secret of the latest link that was mailed to confirm an address. */
  readonly mailed: () => string
}

export function createInstallation(database: Database, provider: TestProvider): Installation {
  const clock = createTestClock()
  const { environment, issuer } = provider
  const settings = {
    issuer: new URL(issuer),
    clientId: environment['OIDC_CLIENT_ID'] ?? '',
    clientSecret: new Secret(environment['OIDC_CLIENT_SECRET'] ?? ''),
    label: 'Acme SSO',
    redirectUri,
  }
  const parts = { clock, fetch, logger: createTestLogger(clock) }
  return { database, clock, provider, identityProvider: createIdentityProvider(settings, parts) }
}

export function createNode({ clock, database, identityProvider }: Installation): Node {
  let mailed = new Secret('')
  const verification = (secret: Secret): string => {
    mailed = secret
    return ''
  }
  const accounts = createAccounts({
    database,
    clock,
    identityProvider,
    ids: createIds(clock, systemRandomBytes),
    randomBytes: systemRandomBytes,
    logger: createTestLogger(clock),
    relyingParty: { id: 'taskr.example', origin },
    mailing: {
      mail: { isOn: true, queue: async () => {} },
      linkAddresses: { verification, reset: () => '', signUp: () => '', settings: '' },
    },
    passwords: createPasswords({
      randomBytes: systemRandomBytes,
      parameters: { memoryKib: 8, passes: 1, parallelism: 1 },
      argon2id: createArgon2id(),
    }),
    limits: createLimits({ database, clock, rules: generousRules }),
    factorSealer: {
      seal: ({ rowId }, secret) => `v1.k1.${rowId}.${secret.reveal()}`,
      open: (_, sealed) => new Secret(sealed.split('.').at(-1) ?? ''),
    },
  })
  return { ...accounts, clock, mailed: () => mailed.reveal() }
}

const generousRules = {
  signUpsPerHourAndAddress: 100_000,
  passwordsPerMinuteAndAddress: 100_000,
  passwordsPerMinute: 100_000,
  failuresBeforeWaiting: 100_000,
  resetsPerHourAndAddress: 100_000,
  mailsPerHour: 100_000,
}

export type Needs = {
  readonly hasFactor: boolean
  readonly hasPasskey: boolean
  readonly hasProvider: boolean
}

let people = 0

export async function addPerson(
  { provider }: Installation,
  node: Node,
  { hasFactor, hasPasskey, hasProvider }: Needs,
): Promise<Person> {
  people += 1
  const username = `person-${people}`
  const address = `${username}@example.com`
  const signedUp = await node.signUp({ username, password: rightPassword }, client)
  assert.ok(signedUp.kind === 'signed-in')
  const { session: here } = signedUp
  await askForAddress(node, here, address)
  assert.equal((await node.confirmAddress(node.mailed(), client)).kind, 'confirmed')
  const authenticator = createAuthenticator(origin)
  if (hasPasskey) await addPasskey(node, here, authenticator)
  if (hasProvider) {
    provider.person = { subject: username, email: address, isVerified: true }
    const arrived = await node.singleSignOn?.finish(await comeBack(node, provider))
    assert.ok(arrived?.kind === 'link-needed')
    const linked = await node.singleSignOn?.link(here, arrived.arrival.reveal())
    assert.equal(linked?.kind, 'linked')
  }
  const codes = hasFactor ? await turnFactorOn(node, here) : []
  const there = await logIn(node, username, codes)
  return { accountId: here.accountId, username, address, here, there, authenticator, codes }
}

export async function askForAddress(
  node: Node,
  session: Session,
  emailAddress: string,
  code = '',
): Promise<void> {
  const change = { password: rightPassword, code, emailAddress }
  assert.equal((await node.changeAddress(session, change, client)).kind, 'link-mailed')
}

/** Logs the provider's person in there. Returns what comes back to Taskr. */
export async function comeBack({ singleSignOn }: Node, provider: TestProvider) {
  const begun = await singleSignOn?.begin('', client)
  assert.ok(begun?.kind === 'begun')
  const back = await provider.logIn(begun.address.href)
  return {
    address: new URL(back, origin),
    browserValues: [begun.browserSecret.reveal()],
    invitation: undefined,
    client,
    session: undefined,
  }
}

/** Begins the set-up of a second factor. Returns a code of the app. */
export async function beginFactor(
  { clock, secondFactor }: Node,
  session: Session,
): Promise<string> {
  await secondFactor.beginSetUp(session)
  const setUp = await secondFactor.findSetUp(session)
  return codeAt(setUp?.secret.reveal() ?? '', clock.now())
}

async function turnFactorOn(node: Node, session: Session): Promise<string[]> {
  const turned = await node.secondFactor.turnOn(session, await beginFactor(node, session), client)
  assert.ok(turned.kind === 'on')
  return turned.codes.map((code) => code.reveal())
}

async function logIn(node: Node, username: string, codes: string[]): Promise<Session> {
  const entered = await node.signIn({ username, password: rightPassword }, client)
  const finished =
    entered.kind === 'code-needed'
      ? await node.finishSignIn(entered.cookie.reveal(), codes.pop() ?? '', client)
      : entered
  assert.ok(finished.kind === 'signed-in')
  return finished.session
}

async function addPasskey(
  { passkeys: { ceremonies } }: Node,
  session: Session,
  authenticator: Authenticator,
): Promise<void> {
  const asked = await ceremonies?.askForPasskey(session)
  assert.ok(ceremonies && asked?.kind === 'asked')
  const response = authenticator.create(asked.options)
  const given = { response, cookie: asked.cookie.reveal(), name: 'laptop' }
  assert.equal((await ceremonies.add(session, given, client)).kind, 'added')
}
