// The summary above a refused settings form.
import { problemSummary, type FieldMessage } from '../../ui/form-field.ts'
import { html, type Html } from '../../ui/html.ts'
import { triesLater, type TriesLater } from './tries-later.ts'

export type FormRefusal =
  | {
      readonly kind: 'refused'
      readonly problems: readonly FieldMessage[]
      /** what stands in the way besides the fields */
      readonly because?: string
    }
  | TriesLater

export function formSummary(title: string, refusal: FormRefusal | undefined, now: number): Html {
  if (refusal === undefined) return html``
  return refusal.kind === 'refused'
    ? problemSummary(title, refusal.problems, refusal.because)
    : triesLater(refusal, now)
}

/** Renders a summary only when there is no field to say it beside. */
export function laterSummary(refusal: FormRefusal | undefined, now: number): Html {
  return refusal === undefined || refusal.kind === 'refused' ? html`` : triesLater(refusal, now)
}

export function problemsIn(refusal: FormRefusal | undefined): readonly FieldMessage[] {
  return refusal?.kind === 'refused' ? refusal.problems : []
}
