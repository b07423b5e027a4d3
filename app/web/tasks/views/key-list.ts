// Every key of the task list, shown when somebody presses `?`. Keys are for those who have a script; whoever presses
// letters without wanting to (dictation, a restless hand) switches them off here (WCAG 2.2, 2.1.4).
import { html, type Html } from '../../ui/html.ts'

const keys: readonly { readonly keys: readonly string[]; readonly what: string }[] = [
  { keys: ['j', '↓'], what: 'Next task' },
  { keys: ['k', '↑'], what: 'Previous task' },
  { keys: ['e'], what: 'Complete or reopen' },
  { keys: ['Enter', 'o'], what: 'Open' },
  { keys: ['a'], what: 'Change the assignees' },
  { keys: ['d'], what: 'Change the deadline' },
  { keys: ['l'], what: 'Link a record' },
  { keys: ['n'], what: 'Add a task' },
  { keys: ['z'], what: 'Undo' },
  { keys: ['?'], what: 'This list' },
]

export function keyList(): Html {
  return html`<dialog class="keys" id="keys" aria-labelledby="keys-title">
    <h2 id="keys-title">Keys</h2>
    <dl>
      ${keys.map(
        ({ keys, what }) =>
          html`<div>
            <dt>${keys.map((key) => html`<kbd>${key}</kbd> `)}</dt>
            <dd>${what}</dd>
          </div>`,
      )}
    </dl>
    <label class="check"
      ><input type="checkbox" data-keys-switch checked /> Use these keys in this browser</label
    >
    <button type="button" data-keys-close>Close</button>
  </dialog>`
}
