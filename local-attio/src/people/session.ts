// The signed-in person of a browser. There are no passwords, because the people are fictional.
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Env } from '../http.ts'
import type { Parts } from '../parts.ts'
import type { Person } from '../world/access.ts'

const cookieName = 'local_attio_session'

export function personOf({ world }: Parts, c: Context<Env>): Person | undefined {
  const session = world.sessions.get(getCookie(c, cookieName) ?? '')
  return session && world.people.get(session.personId)
}

/** Always starts a new session, even when the browser has one. */
export function signIn({ world, ids, clock }: Parts, c: Context<Env>, person: Person): void {
  const old = getCookie(c, cookieName)
  const session = { id: ids.secret(), personId: person.id, createdAt: clock.now() }
  world.transact(() => {
    if (old !== undefined) world.sessions.remove(old)
    world.sessions.put(session)
  })
  setCookie(c, cookieName, session.id, { httpOnly: true, sameSite: 'Lax', path: '/' })
}

export function signOut({ world }: Parts, c: Context<Env>): void {
  const session = deleteCookie(c, cookieName, { path: '/' })
  if (session !== undefined) world.transact(() => world.sessions.remove(session))
}
