// Explains each of Attio's permissions, above its label in Attio's dashboard.
import { html, type Html } from '../../ui/html.ts'
import { icon, type IconName } from '../../ui/icons.ts'
import { scopeInWords } from '../../ui/scopes.ts'

type ScopeUse = {
  readonly scope: string
  readonly icon: IconName
  readonly use: string
  /** The consequence of a missing permission, if Taskr works without it. */
  readonly without?: string
}

const scopeUses: readonly ScopeUse[] = [
  { scope: 'task:read-write', icon: 'done', use: 'See, add, change and delete tasks' },
  { scope: 'user_management:read', icon: 'person', use: 'See assignees' },
  { scope: 'record_permission:read', icon: 'building', use: 'Find and show linked records' },
  { scope: 'object_configuration:read', icon: 'cube', use: 'Show record types' },
  {
    scope: 'note:read-write',
    icon: 'lines',
    use: 'Write a note when you complete a task',
    without: 'tasks can’t be completed with a note',
  },
  {
    scope: 'webhook:read-write',
    icon: 'bell',
    use: 'Get changes instantly',
    without: 'changes in Attio show up a minute later',
  },
]

/** Lists the permissions that connecting asks for. */
export function scopesAskedFor(): Html {
  return html`<ul class="shared scopes" aria-label="What will be shared">
    ${scopeUses.map((use) =>
      item(use, html`${labelOf(use.scope)}${use.without === undefined ? '' : ', optional'}`),
    )}
  </ul>`
}

/** Lists the permissions a connection has, lacks, and has beyond what Taskr uses. */
export function scopesOf(granted: readonly string[]): Html {
  const isGranted = (scope: string): boolean =>
    granted.includes(scope) || granted.includes(`${scope}-write`)
  const known = new Set(scopeUses.flatMap(({ scope }) => [scope, `${scope}-write`]))
  const others = granted.filter((scope) => !known.has(scope))
  return html`<ul class="shared scopes">
    ${scopeUses.map((use) => item(use, isGranted(use.scope) ? labelOf(use.scope) : lack(use)))}
    ${others.map((scope) => html`<li>${icon('check')}<span>${labelOf(scope)}</span></li>`)}
  </ul>`
}

function lack({ scope, without }: ScopeUse): Html {
  return without === undefined
    ? html`<strong class="missing">${labelOf(scope)} is missing</strong>`
    : html`${labelOf(scope)} is missing, so ${without}`
}

function item({ icon: name, use }: ScopeUse, detail: Html | string): Html {
  return html`<li>
    ${icon(name)}<span>${use}<small>${detail}</small></span>
  </li>`
}

function labelOf(scope: string): string {
  const { label, level } = scopeInWords(scope)
  return level === '' ? label : `${label}: ${level}`
}
