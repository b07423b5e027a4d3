// One exchange: a line that expands to its headers and bodies, and a curl command that repeats it.
import { html } from 'hono/html'
import { isTooDeep } from '../../json-depth.ts'
import type { Html } from '../../pages/layout.ts'
import { timeOfDay } from '../../pages/moments.ts'
import type { Parts } from '../../parts.ts'
import { curlOf } from '../../journal/curl.ts'
import type { JournalEntry } from '../../journal/journal.ts'

export function exchangeItem(parts: Parts, entry: JournalEntry): Html {
  const curl = curlOf(entry, parts.settings.origin)
  const id = `exchange-${entry.number}`
  return html`<li>
    <details class="exchange" id="${id}">
      <summary>${exchangeLine(parts, entry)}</summary>
      <div class="said">
        ${entry.broken === undefined ? '' : html`<p class="problem">${entry.broken}</p>`}
        ${isForgotten(entry) ? forgotten : whatWasSaid(entry)}
        <h3>As curl</h3>
        <pre id="${id}-curl" tabindex="0" aria-label="As curl">${curl}</pre>
        <button type="button" data-copies="${id}-curl" hidden>Copy as curl</button>
      </div>
    </details>
  </li>`
}

function whatWasSaid(entry: JournalEntry): Html {
  return html`<h3>Asked</h3>
    ${text(headersAsText(entry.headers), entry.body)} ${ignoredHint(entry)}
    <h3>Answered</h3>
    ${text(headersAsText(entry.answerHeaders), entry.answerBody ?? '')}`
}

function ignoredHint({ ignoredMembers }: JournalEntry): Html | '' {
  if (ignoredMembers.length === 0) return ''
  return html`<p class="hint">Ignored: ${ignoredMembers.join(', ')}.</p>`
}

/** True for an older exchange, whose headers and bodies the journal has dropped. */
function isForgotten({ headers, answerHeaders, body, status }: JournalEntry): boolean {
  const isBare = [headers, answerHeaders].every((one) => Object.keys(one).length === 0)
  return isBare && body === '' && status !== undefined
}

const forgotten = html`<p class="hint">
  Headers and bodies are kept for the latest 250 exchanges only.
</p>`

/** Shows method, path, outcome, caller and time. */
export function exchangeLine({ world }: Parts, entry: JournalEntry): Html {
  const { method, path, query, status, operation, clientId, fault, durationMs } = entry
  const app = world.apps.get(clientId ?? '')?.name
  return html`<span class="status" data-kind="${kindOf(status)}">${status ?? 'none'}</span>
    <span class="asked"><b>${method}</b> <span>${path}${query}</span></span>
    ${operation === undefined ? '' : html`<span class="badge">${operation}</span>`}
    ${fault === undefined ? '' : html`<span class="badge" data-kind="bad">fault #${fault}</span>`}
    ${app === undefined ? '' : html`<small><bdi>${app}</bdi></small>`}
    <small class="when">${timeOfDay(entry.at)}, ${Math.round(durationMs)} ms</small>`
}

function kindOf(status: number | undefined): string {
  if (status === undefined || status >= 400) return 'bad'
  return status >= 300 ? 'on' : 'good'
}

function headersAsText(headers: Readonly<Record<string, string>>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')
}

function text(headers: string, body: string): Html {
  const parts = [headers, pretty(body)].filter((part) => part !== '')
  if (parts.length === 0) return html`<p class="hint">Nothing.</p>`
  return html`<pre tabindex="0">${parts.join('\n\n')}</pre>`
}

function pretty(body: string): string {
  try {
    return isTooDeep(body) ? body : JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}
