// Plays two actions of one person one after the other, both ways, and then one inside the other; and finds those that end
// as neither order does.
import { sha256Base64Url } from '../../app/support/hash.ts'
import { changing, isDone, needsOf, type Action, type Ended, type Run } from './actions.ts'
import { createGate, untilBlocked, type Place } from './gates.ts'
import {
  addPerson,
  createNode,
  type Installation,
  type Needs,
  type Node,
  type Person,
} from './person.ts'

export type Overlaps = { readonly played: number; readonly wrong: readonly string[] }

/** Plays an action with each of the changes that is wanted, at every transaction of either. */
export async function playOverlaps(
  installation: Installation,
  start: Action,
  isWanted: (change: Action) => boolean,
): Promise<Overlaps> {
  // SQLite runs one transaction at a time: there the other action comes before one, on PostgreSQL during it.
  const at = installation.database.engine === 'sqlite' ? 'begin' : 'end'
  const wrong: string[] = []
  let played = 0
  for (const [name, change] of Object.entries(changing)) {
    const needs = needsOf(start, change)
    if (needs === undefined || !isWanted(change)) continue
    const pair = { start, change, needs }
    const counts = { start: 0, change: 0 }
    const allowed = [
      await play(installation, pair, counting(installation, counts)),
      await play(installation, pair, theOtherWayRound),
    ]
    for (const held of ['start', 'change'] as const) {
      for (let transaction = 1; transaction <= counts[held]; transaction++) {
        const order = holding(installation, held, { transaction, at })
        const found = await play(installation, pair, order)
        if (found === undefined) continue
        played += 1
        if (allowed.includes(found)) continue
        const where = `${held} held at the ${at} of transaction ${transaction}`
        wrong.push([`${name}, ${where}`, found, 'allowed:', ...allowed].join('\n  '))
      }
    }
  }
  return { played, wrong }
}

type Pair = { readonly start: Action; readonly change: Action; readonly needs: Needs }

/** Does the two; returns undefined when they could not overlap. */
type Order = (node: Node, start: Run, change: Run) => Promise<readonly Ended[] | undefined>

/** The start, and then the change; counts the transactions of both. */
function counting(installation: Installation, counts: { start: number; change: number }): Order {
  return async (_, start, change) => {
    const starts = createGate(installation.database)
    const started = await start(createNode({ ...installation, database: starts.database }))
    const changes = createGate(installation.database)
    const changed = await change(createNode({ ...installation, database: changes.database }))
    counts.start = starts.transactions()
    counts.change = changes.transactions()
    return [started, changed]
  }
}

const theOtherWayRound: Order = async (node, start, change) => {
  const changed = await change(node)
  return [await start(node), changed]
}

function holding(installation: Installation, held: 'start' | 'change', place: Place): Order {
  return async (node, start, change) => {
    const { database } = installation
    const gate = createGate(database, place)
    const first = held === 'start' ? start : change
    const second = held === 'start' ? change : start
    const firstEnds = first(createNode({ ...installation, database: gate.database }))
    const isReached = await Promise.race([
      gate.reached.then(() => true),
      firstEnds.then(() => false),
    ])
    if (!isReached) return undefined
    let isOver = false
    const secondEnds = second(node).finally(() => {
      isOver = true
    })
    if (place.at === 'begin') await secondEnds
    else await untilBlocked(database, () => isOver)
    gate.open()
    const ends = await Promise.all([firstEnds, secondEnds])
    return held === 'start' ? ends : ends.toReversed()
  }
}

/** Plays two actions of a new person. Returns how they ended and what is left, in words. */
async function play(
  installation: Installation,
  { change, needs, start }: Pair,
  order: Order,
): Promise<string | undefined> {
  const node = createNode(installation)
  const person = await addPerson(installation, node, needs)
  const starts = await start.prepare(person, node, installation)
  const changes = await change.prepare(person, node, installation)
  const ends = await order(node, starts, changes)
  return ends && (await describe(installation, person, ends))
}

async function describe(
  { database: { db } }: Installation,
  { accountId, here, there }: Person,
  ends: readonly Ended[],
): Promise<string> {
  const [accounts, sessions, unfinished, factors, links] = await Promise.all([
    db.selectFrom('accounts').select('locked_at').where('account_id', '=', accountId).execute(),
    db.selectFrom('sessions').selectAll().where('account_id', '=', accountId).execute(),
    db.selectFrom('unfinished_sign_ins').selectAll().where('account_id', '=', accountId).execute(),
    db.selectFrom('second_factors').selectAll().where('account_id', '=', accountId).execute(),
    db.selectFrom('mailed_links').selectAll().where('account_id', '=', accountId).execute(),
  ])
  // Nothing that was done to a deleted account is left.
  if (accounts.length === 0 && sessions.length === 0 && links.length === 0) return 'no account'
  const nameOf = (session: { session_id: string; cookie_hash: string }): string => {
    const by = ends.findIndex(({ cookie }) => sha256Base64Url(cookie ?? '') === session.cookie_hash)
    const names = new Map<string, string>([
      [here.sessionId, 'here'],
      [there.sessionId, 'there'],
    ])
    const name = names.get(session.session_id) ?? 'new'
    return by === -1 ? name : `${name}, by its ${by === 0 ? 'start' : 'change'}`
  }
  return JSON.stringify({
    // In which words an action is refused may depend on how far it came.
    done: ends.map(isDone),
    account: accounts.map(({ locked_at }) => (locked_at === null ? 'open' : 'locked')),
    sessions: sessions.map(nameOf).toSorted(),
    codesAwaited: unfinished.length,
    factor: factors.some(({ confirmed_at }) => confirmed_at !== null),
    resetLinks: links.filter(({ purpose }) => purpose === 'reset-password').length,
  })
}
