// What an install link leads to: an admin picks the workspace that gets the app.
import { html } from 'hono/html'
import { page, type Html } from '../../pages/layout.ts'
import type { App, Member, Person } from '../../world/entities.ts'
import type { World } from '../../world/world.ts'
import { installAddress } from '../addresses.ts'

export type InstallPage = {
  readonly world: World
  readonly person: Person
  readonly app: App
  /** Where the person is an admin. */
  readonly memberships: readonly Member[]
  readonly problem?: string | undefined
}

export function installPage({ world, person, app, memberships, problem }: InstallPage): Html {
  const choices = memberships.map((member, index) => ({
    id: member.workspaceId,
    name: world.workspaces.get(member.workspaceId)?.name ?? '',
    isFirst: index === 0,
  }))
  return page({
    title: `Install ${app.name}`,
    person,
    returnTo: installAddress(app.id),
    content: html`<article class="card">
      <h1>Install <bdi>${app.name}</bdi></h1>
      ${
        app.isPublished
          ? ''
          : html`<p class="warning">
              This app has not been reviewed by Attio. Go on only if you know its developer.
            </p>`
      }
      ${problem === undefined ? '' : html`<p class="warning" role="alert">${problem}</p>`}
      ${
        choices.length === 0
          ? html`<p>Only an admin of a workspace can install an app, and you are none.</p>`
          : html`<form method="post" action="${installAddress(app.id)}">
              <fieldset>
                <legend>Workspace</legend>
                ${choices.map(
                  ({ id, name, isFirst }) =>
                    html`<label class="choice">
                      <input
                        type="radio"
                        name="workspace"
                        value="${id}"
                        ${isFirst ? 'checked' : ''}
                        required
                      />
                      <span>${name}</span>
                    </label>`,
                )}
              </fieldset>
              <div class="actions">
                <button class="primary grow" type="submit">Install</button>
              </div>
            </form>`
      }
    </article>`,
  })
}
