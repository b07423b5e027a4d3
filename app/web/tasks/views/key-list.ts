// The keyboard shortcuts, shown by `?`. People who type letters by accident, as with dictation or a tremor, can switch
// them off here (WCAG 2.2, 2.1.4).
import { html, type Html } from '../../ui/html.ts'

const keys: readonly { readonly keys: readonly string[]; readonly what: string }[] = [
  { keys: ['j', '↓'], what: 'Next task' },
  { keys: ['k', '↑'], what: 'Previous task' },
  { keys: ['e'], what: 'Complete or reopen' },
  { keys: ['E'], what: 'Complete with a note' },
  { keys: ['d'], what: 'Due date' },
  { keys: ['T'], what: 'Move overdue to today' },
  { keys: ['a'], what: 'Assignees' },
  { keys: ['A'], what: 'Assign to me' },
  { keys: ['l'], what: 'Link a record' },
  { keys: ['i', 'F2'], what: 'Edit text' },
  { keys: ['Enter', 'o'], what: 'Open' },
  { keys: ['x'], what: 'Select' },
  { keys: ['⇧↓'], what: 'Select more' },
  { keys: ['⌘A'], what: 'Select all' },
  { keys: ['z', '⌘Z'], what: 'Undo' },
  { keys: ['q'], what: 'Add a task' },
  { keys: ['/'], what: 'Search' },
  { keys: ['⌘K'], what: 'Commands' },
  { keys: ['g', 't'], what: 'Go to Today' },
  { keys: ['g', 'm'], what: 'Go to Team' },
  { keys: ['1–6'], what: 'Go to a view' },
  { keys: ['Esc'], what: 'Close, or leave the search' },
  { keys: ['?'], what: 'Show shortcuts' },
]

export function keyList(): Html {
  return html`<dialog class="keys" id="keys" aria-labelledby="keys-title">
    <h2 id="keys-title">Keyboard shortcuts</h2>
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
      ><input type="checkbox" data-keys-switch checked /> Enable shortcuts here</label
    >
    <button type="button" data-keys-close>Close</button>
  </dialog>`
}
