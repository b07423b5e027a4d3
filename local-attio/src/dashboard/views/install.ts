// The page of an install link, where an admin picks the workspace that gets the app.
import { html } from 'hono/html'
import { page, type Html } from '../../pages/layout.ts'
import type { App, Person, Workspace } from '../../world/access.ts'
import { installAddress } from '../addresses.ts'

export type InstallPage = {
  readonly person: Person
  readonly app: App
  /** The workspaces in which the person is an admin. */
  readonly workspaces: readonly Workspace[]
  readonly problem?: string | undefined
}

export function installPage({ person, app, workspaces, problem }: InstallPage): Html {
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
        workspaces.length === 0
          ? html`<p>Only an admin of a workspace can install an app, and you are none.</p>`
          : html`<form method="post" action="${installAddress(app.id)}">
              <fieldset>
                <legend>Workspace</legend>
                ${workspaces.map(
                  ({ id, name }, index) =>
                    html`<label class="choice">
                      <input
                        type="radio"
                        name="workspace"
                        value="${id}"
                        ${index === 0 ? 'checked' : ''}
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
