// A browser without a screen: opens pages, fills in fields by label, presses buttons by name, keeps the
// cookie, and follows redirects within the local Attio.
import { readPage, type Button, type Control, type Form, type ReadPage } from './html.ts'

export type Shown = ReadPage & {
  readonly status: number
  /** Path and query of the page; the full address after a redirect to another server. */
  readonly address: string
  readonly html: string
  readonly headers: Headers
}

/** Input by label: the text to type, the choice to pick, or true to check a box. */
export type Values = Readonly<Record<string, string | boolean>>

export type Visitor = {
  /** The open page. */
  readonly page: Shown
  open(address: string): Promise<Shown>
  follow(link: string): Promise<Shown>
  press(button: string, values?: Values): Promise<Shown>
  /** Sends a POST that no page offers. */
  post(path: string, form?: Readonly<Record<string, string>>, site?: string): Promise<Shown>
  signIn(person: { readonly id: string }): Promise<void>
}

type Attio = {
  readonly origin: string
  readonly fetch: (request: Request) => Promise<Response>
}

export function createVisitor({ origin, fetch }: Attio): Visitor {
  const cookies = new Map<string, string>()
  let shown: Shown | undefined

  const send = async (address: URL, init: RequestInit, site: string): Promise<Shown> => {
    const headers = new Headers(init.headers)
    headers.set('sec-fetch-site', site)
    const cookie = Array.from(cookies, ([name, value]) => `${name}=${value}`).join('; ')
    if (cookie !== '') headers.set('cookie', cookie)
    const response = await fetch(new Request(address, { ...init, headers, redirect: 'manual' }))
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      cookies.set(name, value)
    }
    const location = response.headers.get('location')
    const next = location === null ? undefined : new URL(location, address)
    if (next?.origin === origin) return send(next, {}, 'same-origin')
    const html = await response.text()
    shown = Object.assign(readPage(html), {
      html,
      status: response.status,
      headers: response.headers,
      address: next?.href ?? `${address.pathname}${address.search}`,
    })
    return shown
  }

  const current = (): Shown => {
    if (shown) return shown
    throw new Error('No page is open.')
  }

  const visitor: Visitor = {
    get page() {
      return current()
    },
    open: (address) => send(new URL(address, origin), {}, 'none'),
    follow: (label) => {
      const link = current().links.find((one) => one.label === label)
      if (!link) throw new Error(`No link "${label}" in: ${labels(current().links)}`)
      return send(new URL(link.href, origin), {}, 'same-origin')
    },
    press: (label, values = {}) => {
      const { form, button } = findButton(current(), label)
      const action = new URL(form.action === '' ? current().address : form.action, origin)
      const fields = fieldsOf(form, button, values)
      if (form.method === 'post') {
        return send(action, { method: 'POST', body: fields }, 'same-origin')
      }
      action.search = fields.toString()
      return send(action, {}, 'same-origin')
    },
    post: (path, form = {}, site = 'same-origin') =>
      send(new URL(path, origin), { method: 'POST', body: new URLSearchParams(form) }, site),
    signIn: async ({ id }) => {
      await visitor.post('/sign-in', { person: id })
    },
  }
  return visitor
}

function findButton(page: Shown, label: string): { form: Form; button: Button } {
  for (const form of page.forms) {
    const button = form.buttons.find((one) => one.label === label)
    if (button) return { form, button }
  }
  const all = page.forms.flatMap((form) => form.buttons)
  throw new Error(`No button "${label}" on ${page.address}: ${labels(all)}`)
}

function fieldsOf(form: Form, button: Button, values: Values): URLSearchParams {
  const fields = new URLSearchParams()
  const unused = new Set(Object.keys(values))
  for (const control of form.controls) {
    const value = valueOf(control, values[control.label])
    unused.delete(control.label)
    if (control.name !== '' && value !== undefined) fields.append(control.name, value)
  }
  if (unused.size > 0) {
    throw new Error(`No field "${Array.from(unused).join('", "')}" in: ${labels(form.controls)}`)
  }
  if (button.name !== '') fields.append(button.name, button.value)
  return fields
}

function valueOf(control: Control, wanted: string | boolean | undefined): string | undefined {
  const { type, value, choices } = control
  if (type === 'checkbox' || type === 'radio') {
    return (wanted ?? control.isChecked) ? value : undefined
  }
  if (type !== 'select' || wanted === undefined)
    return wanted === undefined ? value : String(wanted)
  const choice = choices.find((one) => one.label === wanted || one.value === wanted)
  if (!choice) throw new Error(`No choice "${wanted}" in: ${labels(choices)}`)
  return choice.value
}

function labels(things: readonly { readonly label: string }[]): string {
  return things.map(({ label }) => `"${label}"`).join(', ')
}
