// The types that the inspector's forms and its views share.
import type { Context } from 'hono'
import type { Env } from '../http.ts'
import type { JournalQuery } from '../journal/journal.ts'
import type { Problem } from '../pages/fields.ts'
import type { Parts } from '../parts.ts'
import type { FaultForm } from './fault-form.ts'

/** The problems and input with which a refused form is shown again. */
export type Refused = {
  readonly problems: readonly Problem[]
  readonly faultForm?: FaultForm
  readonly advance?: { readonly amount: string; readonly unit: string }
}

export type InspectorPage = Partial<Refused> & {
  readonly parts: Parts
  readonly query: JournalQuery
  /** Only exchanges with a lower number. */
  readonly before: number
  /** True when requests to this server's own pages are shown, too. */
  readonly hasPages: boolean
  readonly faultForm: FaultForm
  readonly notice?: string | undefined
}

/** Sends the page again with the problems and the input of a form. */
export type Refuse = (c: Context<Env>, refused: Refused) => Promise<Response>
