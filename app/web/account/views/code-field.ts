// The field for a code of an authenticator app, or a recovery code. Its keyboard has letters, since recovery codes do.
import { formField, type FieldMessage } from '../../ui/form-field.ts'
import type { Html } from '../../ui/html.ts'

export type CodeField = {
  /** given when the page has several such fields */
  readonly id?: string
  readonly hint?: string
  readonly isFirst?: boolean
}

export function codeField(field: CodeField, problems: readonly FieldMessage[]): Html {
  return formField(
    {
      name: 'code',
      label: 'Code',
      type: 'text',
      autocomplete: 'one-time-code',
      hint: 'From your authenticator app, or a recovery code.',
      ...field,
    },
    problems,
  )
}
