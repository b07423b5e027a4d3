// OA-03, OA-04, OA-05, OA-07, OA-08, H-17: genuine callbacks in the wrong browser or session, or at the wrong time.
import { queryOf, type AttackClass } from './attack-class.ts'
import type { Draw } from './draw.ts'
import { cookiesSetBy, together, type OpenRequest } from './scene.ts'
import type { Cookies } from './target.ts'

export const personAttacks: readonly AttackClass[] = [
  {
    // The victim follows the attacker's link, and Attio sends the victim's browser back to Taskr.
    name: 'other-account',
    rules: ['OA-03', 'H-41'],
    run: async (scene, draw) => {
      const theirs = await scene.open(scene.attacker)
      const own = draw.chance(0.5) ? (await scene.open(scene.victim)).tickets : noCookies
      const cookies = together(scene.victim.session, own)
      await scene.fire({ search: searchOf(theirs, draw), cookies })
    },
  },
  {
    // One browser begins as one account, signs out, and signs in as the other.
    name: 'session-swap',
    rules: ['OA-04'],
    run: async (scene, draw) => {
      const people = draw.shuffled([scene.attacker, scene.victim])
      const before = await scene.open(draw.pick(people))
      const after = before.by === scene.attacker ? scene.victim : scene.attacker
      const cookies = together(before.tickets, after.session)
      await scene.fire({ search: searchOf(before, draw), cookies })
    },
  },
  {
    name: 'other-session',
    rules: ['OA-04'],
    needsSecondSignIn: true,
    run: async (scene, draw) => {
      const own = await scene.open(scene.victim)
      const session = scene.victim.otherSession ?? noCookies
      const cookies = together(session, draw.chance(0.7) ? own.tickets : noCookies)
      await scene.fire({ search: searchOf(own, draw), cookies })
    },
  },
  {
    // The attacker has the session's cookie and the callback's address, but not the browser's other cookies.
    name: 'other-browser',
    rules: ['OA-03', 'OA-07'],
    run: async (scene, draw) => {
      const own = await scene.open(scene.victim)
      const tickets = [...own.tickets].flatMap(([name, value]): (readonly [string, string])[] =>
        draw.chance(0.3) ? [] : [[name, almost(value, draw)]],
      )
      const cookies = together(scene.victim.session, new Map(tickets))
      await scene.fire({ search: searchOf(own, draw), cookies })
    },
  },
  {
    name: 'planted-cookie',
    rules: ['OA-07'],
    run: async (scene, draw) => {
      const theirs = await scene.open(scene.attacker)
      const own = await scene.open(scene.victim)
      const names = [...theirs.tickets.keys(), ...own.tickets.keys()]
      const values = [...theirs.tickets.values(), ...own.tickets.values()]
      // The planted cookies keep their names or swap them.
      const planted = draw.chance(0.5)
        ? theirs.tickets
        : new Map(names.map((name) => [name, draw.pick(values)] as const))
      const cookies = together(scene.victim.session, own.tickets, planted)
      await scene.fire({ search: searchOf(theirs, draw), cookies })
    },
  },
  {
    // A browser new to Taskr, or one with planted cookies in which the victim then signs in.
    name: 'signed-out',
    rules: ['OA-03', 'OA-29'],
    weight: 6,
    run: async (scene, draw) => {
      const theirs = await scene.open(draw.pick([scene.attacker, scene.victim]))
      // Planting the victim's own cookies would be no attack.
      const planted = theirs.by === scene.attacker && draw.chance(0.7) ? theirs.tickets : noCookies
      const answer = await scene.fire({ search: searchOf(theirs, draw), cookies: planted })
      // Taskr may keep it until the attacker signs in again, so no later attack may use it.
      if (planted.size > 0) scene.spend(theirs)
      const left = answer === undefined ? noCookies : cookiesSetBy(answer)
      const cookies = together(scene.victim.session, planted, draw.chance(0.7) ? left : noCookies)
      const method = draw.pick(['POST', 'POST', 'GET'])
      const headers = method === 'GET' ? {} : formHeaders(scene.target.origin)
      await scene.fire({
        path: scene.target.resume,
        cookies,
        method,
        headers,
        ...(method === 'POST' && { body: '' }),
      })
      await scene.fire({ search: searchOf(theirs, draw), cookies })
    },
  },
  {
    // The attacker knows a session's id before the victim signs up with it.
    name: 'planted-session',
    rules: ['H-17'],
    weight: 0.25,
    run: async (scene, draw) => {
      const known = new Map([[scene.target.sessionCookie, await scene.target.knownSessionId()]])
      await scene.target.signUp(`victim_${draw.text(12, 'abcdefghijkmnpqrstuvwxyz')}`, known)
      const theirs = await scene.open(scene.attacker)
      const cookies = together(known, theirs.tickets)
      await scene.fire({ search: searchOf(theirs, draw), cookies })
      scene.spend(theirs)
    },
  },
  {
    name: 'replayed',
    rules: ['OA-05', 'H-42'],
    run: async (scene, draw) => {
      const done = await scene.finished()
      const { session, otherSession = noCookies } = scene.victim
      const who = draw.pick([session, session, otherSession, scene.attacker.session, noCookies])
      const cookies = together(who, draw.chance(0.8) ? done.tickets : noCookies)
      await scene.fire({ search: searchOf(done, draw), cookies })
      // A code used twice revokes its token (RFC 6749 §4.1.2), so check that the owner's page still works.
      if (draw.chance(0.05)) await scene.fire({ path: '/', cookies: session })
    },
  },
  {
    name: 'expired',
    rules: ['OA-08'],
    weight: 0.5,
    run: async (scene, draw) => {
      const old = await scene.expired()
      const who = draw.pick([scene.victim.session, scene.victim.session, noCookies])
      const cookies = together(who, old.tickets)
      await scene.fire({ search: searchOf(old, draw), cookies })
      // An expired request stays expired after the first attack, even when the victim begins another one.
      if (draw.chance(0.5)) await scene.open(scene.victim)
      await scene.fire({ search: searchOf(old, draw), cookies })
    },
  },
]

const noCookies: Cookies = new Map()

function searchOf({ state, code }: OpenRequest, draw: Draw): string {
  return queryOf(draw, [
    ['code', code],
    ['state', state],
  ])
}

function formHeaders(origin: string): Readonly<Record<string, string>> {
  return {
    'content-type': 'application/x-www-form-urlencoded',
    'sec-fetch-site': 'same-origin',
    origin,
  }
}

function almost(value: string, draw: Draw): string {
  return draw.pick([
    draw.text(value.length),
    value.slice(0, -1),
    value.slice(1),
    value.toUpperCase(),
    value + draw.text(1),
    '',
  ])
}
