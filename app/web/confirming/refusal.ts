// Says what was wrong with a password and its code, beside the field that it was typed into.
import type { FieldMessage } from '../ui/form-field.ts'

export type OwnRefusal = 'wrong' | 'wrong-code' | 'elsewhere'

/** `passwordField` is the name of the form's field for the password. */
export function problemOf(kind: OwnRefusal, passwordField: string): FieldMessage {
  switch (kind) {
    case 'wrong':
      return { field: passwordField, message: 'Wrong password.' }
    case 'wrong-code':
      return { field: 'code', message: 'That code is wrong, or it was used already.' }
    case 'elsewhere':
      return { field: passwordField, message: 'Confirm it’s you first.' }
  }
}
