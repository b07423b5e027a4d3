// The view of the front page.
import { html } from 'hono/html'
import { exchangesOfApps } from '../journal/app-exchanges.ts'
import { exchangeLine } from '../inspector/views/exchange.ts'
import { isOfProgram, visibleApps } from '../people/visible-apps.ts'
import { appAddress, dashboard } from '../dashboard/addresses.ts'
import { stateBadges } from '../dashboard/views/account.ts'
import type { Parts } from '../parts.ts'
import { displayName, rolesInWords } from '../people/names.ts'
import type { Person } from '../world/access.ts'
import { tasksAddress } from '../workspace/addresses.ts'
import type { Html } from '../pages/layout.ts'

export function homePage(parts: Parts, person: Person | undefined): Html {
  return html`<header class="head"><h1>Local Attio</h1></header>
    <p class="lead">
      An Attio that runs on this machine, with people and data that are made up. Nothing here
      reaches attio.com.
    </p>
    ${addresses(parts.settings.origin)}
    <div class="halves">${people(parts, person)} ${workspaces(parts)}</div>
    ${apps(parts, person)} ${latest(parts)}`
}

function addresses(origin: string): Html {
  const places = [
    ['Authorize', '/authorize'],
    ['Token', '/oauth/token'],
    ['Revoke', '/oauth/revoke'],
    ['API', '/v2'],
  ] as const
  return html`<section class="panel" aria-labelledby="addresses">
    <h2 id="addresses">For your app</h2>
    <ul class="things addresses">
      ${places.map(
        ([label, path]) =>
          html`<li>
            <span>${label}</span>
            <code id="address-${label}">${origin}${path}</code>
            <button
              class="quiet"
              type="button"
              data-copies="address-${label}"
              aria-label="Copy the address of ${label}"
              hidden
            >
              Copy
            </button>
          </li>`,
      )}
    </ul>
  </section>`
}

function people({ world }: Parts, me: Person | undefined): Html {
  return html`<section class="panel" aria-labelledby="people">
    <h2 id="people">People</h2>
    <form method="post" action="/sign-in">
      <input type="hidden" name="return_to" value="/" />
      <ul class="things">
        ${world.people.all().map(
          (person) =>
            html`<li>
              <span class="what"
                ><strong><bdi>${displayName(person)}</bdi></strong
                ><small>${person.emailAddress} · ${rolesInWords(world, person)}</small></span
              >
              ${
                person.id === me?.id
                  ? html`<span class="badge" data-kind="good">You</span>`
                  : html`<button
                      class="quiet"
                      type="submit"
                      name="person"
                      value="${person.id}"
                      aria-label="Sign in as ${person.emailAddress}"
                    >
                      Sign in
                    </button>`
              }
            </li>`,
        )}
      </ul>
    </form>
  </section>`
}

function workspaces({ world }: Parts): Html {
  return html`<section class="panel" aria-labelledby="workspaces">
    <h2 id="workspaces">Workspaces</h2>
    <ul class="things">
      ${world.workspaces.all().map(({ id, slug, name }) => {
        const members = world.membersOf(id).length
        const tasks = world.taskOrder(id, 'created_at:asc').length
        return html`<li>
          <a class="what" href="${tasksAddress(slug)}"
            ><strong><bdi>${name}</bdi></strong
            ><small>${members} members, ${tasks} ${tasks === 1 ? 'task' : 'tasks'}</small></a
          >
          <code>${slug}</code>
        </li>`
      })}
    </ul>
  </section>`
}

function apps({ world }: Parts, person: Person | undefined): Html {
  const visible = person ? visibleApps(world, person) : world.apps.all().filter(isOfProgram)
  return html`<section class="panel" aria-labelledby="apps">
    <h2 id="apps">Apps</h2>
    ${
      visible.length === 0
        ? html`<p>None yet. Make one in the <a href="${dashboard}">developer dashboard</a>.</p>`
        : html`<ul class="things">
            ${visible.map(
              (app) =>
                html`<li>
                  <a class="what" href="${appAddress(app.id)}"
                    ><strong><bdi>${app.name}</bdi></strong
                    ><small>${app.id}</small></a
                  >
                  ${stateBadges(app)}
                </li>`,
            )}
          </ul>`
    }
  </section>`
}

const latestShown = 8

function latest(parts: Parts): Html {
  const entries = exchangesOfApps(parts.journal.entries()).slice(-latestShown).toReversed()
  return html`<section class="panel" aria-labelledby="latest">
    <h2 id="latest">Latest exchanges</h2>
    ${
      entries.length === 0
        ? html`<p>No requests yet.</p>`
        : html`<ul class="exchanges">
              ${entries.map(
                (entry) => html`<li class="exchange-line">${exchangeLine(parts, entry)}</li>`,
              )}
            </ul>
            <p><a href="/_control#journal">All exchanges</a></p>`
    }
  </section>`
}
