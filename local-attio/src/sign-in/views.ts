// The page on which one picks who one is.
import { html } from 'hono/html'
import { page, type Html } from '../pages/layout.ts'
import type { Person } from '../world/entities.ts'
import type { World } from '../world/world.ts'

export function signInPage(
  world: World,
  { returnTo, person }: { returnTo: string; person: Person | undefined },
): Html {
  return page({
    title: 'Sign in',
    person,
    returnTo,
    content: html`<article class="card">
      <h1>Sign in to Attio</h1>
      <p>Nobody here is real, so there are no passwords. Who do you want to be?</p>
      <form method="post" action="/sign-in">
        <input type="hidden" name="return_to" value="${returnTo}" />
        <ul class="people">
          ${world.people.all().map((one) => html`<li>${personButton(world, one)}</li>`)}
        </ul>
      </form>
    </article>`,
  })
}

function personButton(world: World, person: Person): Html {
  return html`<button class="person" type="submit" name="person" value="${person.id}">
    <strong>${displayName(person)}</strong>
    <span>${person.emailAddress}</span>
    <small>${rolesInWords(world, person)}</small>
  </button>`
}

/** "Admin of Acme Robotics · Member of Globex" */
export function rolesInWords(world: World, person: Person): string {
  const roles = world.members
    .all()
    .filter((member) => member.personId === person.id)
    .map((member) => {
      const workspace = world.workspaces.get(member.workspaceId)?.name ?? ''
      return `${roleWords[member.accessLevel]} ${workspace}`
    })
  return roles.length > 0 ? roles.join(' · ') : 'In no workspace'
}

const roleWords = {
  admin: 'Admin of',
  member: 'Member of',
  suspended: 'Suspended in',
} as const

/** A name may be empty, in Attio too. */
export function displayName(person: Person): string {
  return `${person.firstName} ${person.lastName}`.trim() || '(no name)'
}
