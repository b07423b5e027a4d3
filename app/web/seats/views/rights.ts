// The rights of a seat, in words and as fields of a form.
import { html, type Html } from '../../ui/html.ts'

export type Rights = { readonly sees: 'own' | 'everyone'; readonly mayLink: boolean }

export function rightsInWords({ mayLink, sees }: Rights): string {
  const tasks = sees === 'own' ? 'Own tasks' : 'Everyone’s tasks'
  return `${tasks}, ${mayLink ? 'can link records' : 'can’t link records'}`
}

export function rightsFields({ mayLink, sees }: Rights): Html {
  return html`<fieldset class="rights">
      <legend>They see</legend>
      <label>
        <input type="radio" name="sees" value="own" ${sees === 'own' ? html`checked` : ''} />
        <span>
          Their own tasks
          <small>Tasks assigned to them, or added by them in Taskr.</small>
        </span>
      </label>
      <label>
        <input
          type="radio"
          name="sees"
          value="everyone"
          ${sees === 'everyone' ? html`checked` : ''}
        />
        <span>Everyone’s tasks <small>Every task of the workspace.</small></span>
      </label>
    </fieldset>
    <label class="check">
      <input type="checkbox" name="mayLink" value="yes" ${mayLink ? html`checked` : ''} />
      <span
        >Find and link records
        <small>Any record that Taskr can see, and notes on linked ones.</small></span
      >
    </label>`
}
