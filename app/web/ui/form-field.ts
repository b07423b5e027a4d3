// A labelled field with its hint and, if refused, the message beside it; and the summary that links to every refused
// field.
import { html, type Html } from './html.ts'

export type FieldMessage = { readonly field: string; readonly message: string }

export type Field = {
  readonly name: string
  readonly label: string
  readonly type: 'text' | 'email' | 'password'
  readonly autocomplete: string
  readonly value?: string | undefined
  readonly hint?: string | undefined
  readonly required?: boolean
  /** given when the page has the same name more than once */
  readonly id?: string
  /** true for the field that a person fills in first */
  readonly isFirst?: boolean
}

export function formField(field: Field, problems: readonly FieldMessage[] = []): Html {
  const id = field.id ?? field.name
  const problem = problems.find((candidate) => candidate.field === field.name)
  // A single problem is said once, beside its field.
  const isOnlyProblem = problem !== undefined && problems.length === 1
  const describedBy = [
    field.hint === undefined ? '' : `${id}-hint`,
    problem === undefined ? '' : `${id}-problem`,
  ]
  const isText = field.name === 'username' || field.name === 'code'
  return html`<div class="field">
    <label for="${id}">${field.label}</label>
    ${field.hint === undefined ? '' : html`<p class="hint" id="${id}-hint">${field.hint}</p>`}
    ${
      problem === undefined
        ? ''
        : html`<p class="message" id="${id}-problem">
            <span class="visually-hidden">Problem:</span> ${problem.message}
          </p>`
    }
    <div class="entry">
      <input
        id="${id}"
        name="${field.name}"
        type="${field.type}"
        autocomplete="${field.autocomplete}"
        ${field.value === undefined ? '' : html`value="${field.value}"`}
        ${field.required === false ? '' : html`required`}
        ${isText ? html`autocapitalize="none" spellcheck="false"` : ''}
        ${problem === undefined ? '' : html`aria-invalid="true"`}
        ${
          describedBy.some((part) => part !== '')
            ? html`aria-describedby="${describedBy.filter((part) => part !== '').join(' ')}"`
            : ''
        }
        ${isOnlyProblem || field.isFirst === true ? html`autofocus` : ''}
        ${field.type === 'password' ? html`data-show-password="${field.label}"` : ''}
      />
    </div>
  </div>`
}

/**
 * Renders the summary at the top of a refused form, which takes the focus, so that it is read first. A single problem is said
 * only beside its field. `because` is what stands in the way besides the fields.
 */
export function problemSummary(
  title: string,
  problems: readonly (FieldMessage & { readonly id?: string })[] = [],
  because?: string,
): Html {
  return html`<div class="summary" role="alert" id="problems" tabindex="-1" autofocus>
    <p><strong>${title}</strong></p>
    ${because === undefined ? '' : html`<p>${because}</p>`}
    ${
      problems.length < 2
        ? ''
        : html`<ul>
            ${problems.map(
              (problem) =>
                html`<li><a href="#${problem.id ?? problem.field}">${problem.message}</a></li>`,
            )}
          </ul>`
    }
  </div>`
}
