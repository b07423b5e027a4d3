// Lists missing permissions by the labels of Attio's developer dashboard.
import { html, type Html } from '../../ui/html.ts'
import { scopeInWords } from '../../ui/scopes.ts'

export function scopeList(scopes: readonly string[]): Html {
  return html`<ul class="shared" aria-label="Missing permissions">
    ${scopes.map((scope) => {
      const { label, level } = scopeInWords(scope)
      return html`<li>${label}<span>${level}</span></li>`
    })}
  </ul>`
}
