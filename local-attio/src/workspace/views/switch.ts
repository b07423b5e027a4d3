// "You are …": becomes another member of the workspace with one choice.
import { html } from 'hono/html'
import { options } from '../../pages/fields.ts'
import type { Html } from '../../pages/layout.ts'
import type { Member, Workspace } from '../../world/access.ts'
import type { World } from '../../world/world.ts'
import { memberName } from '../member-name.ts'

export function switchForm(
  world: World,
  workspace: Workspace,
  { me, returnTo }: { readonly me?: Member; readonly returnTo: string },
): Html {
  const choices = world
    .membersOf(workspace.id)
    .filter((member) => member.accessLevel !== 'suspended')
    .map((member) => ({
      value: member.personId,
      label: `${memberName(member)}${member.accessLevel === 'admin' ? ', admin' : ''}`,
    }))
  return html`<form class="switch" method="post" action="/sign-in">
    <input type="hidden" name="return_to" value="${returnTo}" />
    <label for="switch">${me ? 'You are' : 'Become'}</label>
    <select id="switch" name="person">
      ${options(choices, me?.personId)}
    </select>
    <button type="submit">Switch</button>
  </form>`
}
