// The inspector page and its forms. Each form does one thing that the JSON API does, too.
import type { Context, Hono } from 'hono'
import type { Env } from '../../http.ts'
import type { Problem } from '../../pages/fields.ts'
import { foreignPost } from '../../pages/layout.ts'
import { isSameOrigin } from '../../pages/same-origin.ts'
import { sendShell } from '../../pages/shell.ts'
import type { Parts } from '../../parts.ts'
import type { Control } from '../control.ts'
import { queryOf } from '../http/journal.ts'
import { inspectorPage, type Refused } from '../views/inspector.ts'
import { addClockForms } from './clock-forms.ts'
import { emptyFaultForm, faultForm, readFault } from './fault-form.ts'
import { noticeOf, said } from './notices.ts'
import { addWorldForms } from './world-forms.ts'

export type Inspector = {
  /** The page again, with what is wrong and what was typed. */
  refuse(c: Context<Env>, refused: Refused): Promise<Response>
  /** A form from one of our own pages. */
  form(
    answer: (c: Context<Env>) => Response | Promise<Response>,
  ): (c: Context<Env>) => Response | Promise<Response>
}

export function addInspectorRoutes(parts: Parts, control: Control, routes: Hono<Env>): void {
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

  const inspector: Inspector = {
    refuse: (c, refused) => send(c, refused),
    form: (answer) => (c) => (isSameOrigin(c) ? answer(c) : foreignPost(c)),
  }

  routes.get('/_control', (c) => send(c))
  addClockForms(parts, inspector, routes)
  addWorldForms(parts, control, inspector, routes)
  addFaultForms(parts, inspector, routes)

  routes.post(
    '/_control/forms/journal/clearing',
    inspector.form((c) => {
      parts.journal.clear()
      return said(c, 'journal-cleared')
    }),
  )
}

function addFaultForms({ faults }: Parts, inspector: Inspector, routes: Hono<Env>): void {
  routes.post(
    '/_control/forms/faults',
    inspector.form(async (c) => {
      const form = faultForm(new URLSearchParams(await c.req.text()))
      const read = readFault(form)
      if (read.kind === 'refused') {
        const problems: readonly Problem[] = read.problems
        return inspector.refuse(c, { faultForm: form, problems })
      }
      faults.add(read.fault)
      return said(c, 'fault-added')
    }),
  )

  routes.post(
    '/_control/forms/faults/removal',
    inspector.form(async (c) => {
      const number = new URLSearchParams(await c.req.text()).get('number')
      if (number === 'all') faults.clear()
      else faults.remove(Number(number))
      return said(c, 'fault-removed')
    }),
  )
}
