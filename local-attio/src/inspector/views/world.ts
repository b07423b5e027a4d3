// Downloads, loads and resets the world.
import { html } from 'hono/html'
import { select } from '../../pages/fields.ts'
import type { Html } from '../../pages/layout.ts'
import { seedNames } from '../../seed/seed.ts'
import type { InspectorPage } from '../page.ts'

export function worldPanel({ parts: { world }, problems = [] }: InspectorPage): Html {
  const problem = problems.find(({ field }) => field === 'file')
  const { size: tasks } = world.tasks
  return html`<section class="panel" aria-labelledby="world">
    <h2 id="world">World</h2>
    <p>
      ${world.workspaces.size} workspaces, ${world.people.size} people, ${world.apps.size}
      ${world.apps.size === 1 ? 'app' : 'apps'}, ${tasks} ${tasks === 1 ? 'task' : 'tasks'}.
      <a href="/_control/world" download="world.json">Download it</a>
    </p>
    <form class="stack" method="post" action="/_control/forms/world" enctype="multipart/form-data">
      <div class="field">
        <label for="file">Load a saved world</label>
        ${problem ? html`<p class="message" id="file-problem" role="alert">${problem.message}</p>` : ''}
        <input
          id="file"
          name="file"
          type="file"
          accept="application/json,.json"
          required
          ${problem ? html`aria-invalid="true" aria-describedby="file-problem"` : ''}
        />
      </div>
      <button type="submit">Load world</button>
    </form>
    <details class="disclosure danger">
      <summary>Reset the world</summary>
      <form class="stack" method="post" action="/_control/forms/reset">
        <p class="hint">
          Deletes every app, token, session and edit. The clock and the faults stay.
        </p>
        ${select({
          name: 'seed',
          label: 'Begin with',
          choices: [
            { value: '', label: 'the first seed' },
            ...seedNames.map((name) => ({ value: name, label: name })),
          ],
        })}
        <button class="danger" type="submit">Yes, reset everything</button>
      </form>
    </details>
  </section>`
}
