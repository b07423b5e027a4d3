// The consent page and the pages that refuse a request.
import { html } from 'hono/html'
import { scopeGroups } from '../api/access/scopes.ts'
import { page, type Html } from '../pages/layout.ts'
import type { App, Member } from '../world/access.ts'
import { appOf, membershipsOf, type AuthorizationRequest } from '../authorization/checks.ts'

export function consentPage(request: AuthorizationRequest): Html {
  const app = appOf(request)
  const name = app?.name ?? ''
  const memberships = membershipsOf(request)
  return page({
    title: `Authorize ${name}`,
    person: request.person,
    returnTo: `/authorize${request.query.text}`,
    content: html`<article class="card">
      <h1>${name} wants to access a workspace</h1>
      ${
        app?.isPublished
          ? ''
          : html`<p class="warning">
              This app has not been reviewed by Attio. Go on only if you know its developer.
            </p>`
      }
      <form method="post" action="${`/authorize${request.query.text}`}">
        <fieldset>
          <legend>Workspace</legend>
          ${memberships.map((member, index) => workspaceChoice(request, member, index === 0))}
        </fieldset>
        <h2 id="scopes">${name} will be able to see and do</h2>
        ${app ? scopeList(app) : ''}
        <p>
          The access lasts until ${name} gives it up or an admin removes the app from the workspace.
        </p>
        <div class="actions">
          <button class="btn primary grow" type="submit" name="decision" value="allow">
            Allow
          </button>
          <button class="btn" type="submit" name="decision" value="deny">Deny</button>
        </div>
      </form>
    </article>`,
  })
}

export function refusedPage(
  request: AuthorizationRequest,
  { title, text }: { title: string; text: string },
): Html {
  return page({
    title,
    person: request.person,
    returnTo: `/authorize${request.query.text}`,
    content: html`<article class="card">
      <h1>${title}</h1>
      <p>${text}</p>
      ${request.person ? html`<p>You are signed in as ${request.person.emailAddress}.</p>` : ''}
    </article>`,
  })
}

function workspaceChoice({ world }: AuthorizationRequest, member: Member, isFirst: boolean): Html {
  const workspace = world.workspaces.get(member.workspaceId)
  return html`<label class="choice">
    <input
      type="radio"
      name="workspace"
      value="${member.workspaceId}"
      ${isFirst ? 'checked' : ''}
      required
    />
    <span>${workspace?.name ?? ''}</span>
    <small>${member.accessLevel === 'admin' ? 'Admin' : 'Member'}</small>
  </label>`
}

function scopeList(app: App): Html {
  const rows: { label: string; level: string }[] = []
  for (const [group, label] of Object.entries(scopeGroups)) {
    if (app.scopes.includes(`${group}:read-write`)) rows.push({ label, level: 'read and write' })
    else if (app.scopes.includes(`${group}:read`)) rows.push({ label, level: 'read' })
  }
  if (rows.length === 0) return html`<p>Nothing: no scopes are configured for this app.</p>`
  return html`<ul class="can" aria-labelledby="scopes">
    ${rows.map(({ label, level }) => html`<li>${label}<span>${level}</span></li>`)}
  </ul>`
}
