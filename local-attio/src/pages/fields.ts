// Labelled form fields with their help text, input and problem.
import { html } from 'hono/html'
import type { Html } from './layout.ts'

export type Problem = { readonly field: string; readonly message: string }

export type Field = {
  readonly name: string
  readonly label: string
  readonly value?: string | undefined
  readonly hint?: string
  readonly type?: 'text' | 'number' | 'datetime-local'
  readonly isOptional?: boolean
  /** The id, when the name occurs more than once on the page. */
  readonly id?: string
  /** Additional attributes of the input. */
  readonly more?: Html
  readonly isWide?: boolean
}

export function field(field: Field, problems: readonly Problem[] = []): Html {
  const { name, label, value = '', type = 'text', id = name } = field
  return html`<div class="field ${field.isWide ? 'wide' : ''}">
    <label for="${id}">${label}</label>
    ${about(id, name, field.hint, problems)}
    <input
      id="${id}"
      name="${name}"
      type="${type}"
      value="${value}"
      autocomplete="off"
      ${field.isOptional ? '' : html`required`}
      ${described(id, name, field.hint, problems)}
      ${field.more ?? ''}
    />
  </div>`
}

export type Choice = { readonly value: string; readonly label: string; readonly group?: string }

export type Select = Pick<Field, 'name' | 'label' | 'value' | 'hint' | 'id' | 'isWide'> & {
  readonly choices: readonly Choice[]
}

export function select(field: Select, problems: readonly Problem[] = []): Html {
  const { name, label, value, id = name, choices } = field
  const groups = Array.from(Map.groupBy(choices, (choice) => choice.group ?? ''))
  return html`<div class="field ${field.isWide ? 'wide' : ''}">
    <label for="${id}">${label}</label>
    ${about(id, name, field.hint, problems)}
    <select id="${id}" name="${name}" ${described(id, name, field.hint, problems)}>
      ${groups.map(([group, members]) =>
        group === ''
          ? options(members, value)
          : html`<optgroup label="${group}">${options(members, value)}</optgroup>`,
      )}
    </select>
  </div>`
}

export function options(choices: readonly Choice[], chosen: string | undefined): Html[] {
  return choices.map(
    ({ value, label }) =>
      html`<option value="${value}" ${value === chosen ? html`selected` : ''}>${label}</option>`,
  )
}

/** A value to copy: selected with one click, copied with another where scripts run. */
export function copyField({
  id,
  label,
  value,
}: {
  id: string
  label: string
  value: string
}): Html {
  return html`<div class="field">
    <label for="${id}">${label}</label>
    <div class="copy">
      <input id="${id}" type="text" value="${value}" readonly />
      <button type="button" data-copies="${id}" aria-label="Copy ${label}" hidden>Copy</button>
    </div>
  </div>`
}

export function problemLine(text: string | undefined): Html {
  return text === undefined ? html`` : html`<p class="problem" role="alert">${text}</p>`
}

export function noticeLine(text: string | undefined): Html {
  return text === undefined ? html`` : html`<p class="notice" role="status">${text}</p>`
}

function about(id: string, name: string, hint: string | undefined, problems: readonly Problem[]) {
  const problem = problems.find((one) => one.field === name)
  return html`${hint === undefined ? '' : html`<p class="hint" id="${id}-hint">${hint}</p>`}
  ${problem ? html`<p class="message" id="${id}-problem" role="alert">${problem.message}</p>` : ''}`
}

function described(
  id: string,
  name: string,
  hint: string | undefined,
  problems: readonly Problem[],
) {
  const isWrong = problems.some((one) => one.field === name)
  const by = [hint === undefined ? '' : `${id}-hint`, isWrong ? `${id}-problem` : '']
    .filter((part) => part !== '')
    .join(' ')
  return html`${isWrong ? html`aria-invalid="true" autofocus` : ''}
  ${by === '' ? '' : html`aria-describedby="${by}"`}`
}
