// The sign-in page: a button per person.
import { html } from 'hono/html'
import { page, type Html } from '../pages/layout.ts'
import { displayName, rolesInWords } from '../people/names.ts'
import type { Person } from '../world/access.ts'
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
      <p>These people are made up and have no passwords. Pick one.</p>
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
