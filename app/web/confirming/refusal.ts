// Says what was wrong with a password and its code, beside the field that it was typed into.
import type { FieldMessage } from '../ui/form-field.ts'

/** `passwordField` is the name of the form's field for the password. */
export function problemOf(kind: 'wrong' | 'wrong-code', passwordField: string): FieldMessage {
  return kind === 'wrong'
    ? { field: passwordField, message: 'Wrong password.' }
    : { field: 'code', message: 'That code is wrong, or it was used already.' }
}
