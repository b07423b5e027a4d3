// The inspector page and its forms. Each form does one thing that the JSON API also does. The guard has
// already refused requests from other sites.
import type { Context, Hono } from 'hono'
import type { Env } from '../http.ts'
import { sendShell } from '../pages/shell.ts'
import type { Parts } from '../parts.ts'
import type { Control } from '../control/control.ts'
import { queryOf } from '../control-api/journal.ts'
import { inspectorPage } from './views/inspector.ts'
import { addClockForms } from './clock-forms.ts'
import { emptyFaultForm, faultForm, readFault } from './fault-form.ts'
import { noticeOf, said } from './notices.ts'
import type { Refuse, Refused } from './page.ts'
import { addWorldForms } from './world-forms.ts'

export function addInspector(parts: Parts, control: Control, routes: Hono<Env>): void {
  const send = (c: Context<Env>, refused?: Refused): Promise<Response> =>
    sendShell(parts, c, {
      title: 'Control',
      status: refused ? 400 : 200,
      returnTo: '/_control',
      content: inspectorPage({
        parts,
        query: queryOf(c),
        before: Number(c.req.query('before') ?? Infinity),
        hasPages: c.req.query('pages') === 'yes',
        faultForm: emptyFaultForm,
        ...(refused ?? { notice: noticeOf(c) }),
      }),
    })

  routes.get('/_control', (c) => send(c))
  addClockForms(parts, send, routes)
  addWorldForms(parts, control, send, routes)
  addFaultForms(parts, send, routes)

  routes.post('/_control/forms/journal/clearing', (c) => {
    parts.journal.clear()
    return said(c, 'journal-cleared')
  })
}

function addFaultForms({ faults }: Parts, refuse: Refuse, routes: Hono<Env>): void {
  routes.post('/_control/forms/faults', async (c) => {
    const form = faultForm(new URLSearchParams(await c.req.text()))
    const read = readFault(form)
    if (read.kind === 'refused') return refuse(c, { faultForm: form, problems: read.problems })
    faults.add(read.fault)
    return said(c, 'fault-added')
  })

  routes.post('/_control/forms/faults/removal', async (c) => {
    const number = new URLSearchParams(await c.req.text()).get('number')
    if (number === 'all') faults.clear()
    else faults.remove(Number(number))
    return said(c, 'fault-removed')
  })
}
