// A problem with one form field, worded for the person who filled it in.

export type FieldProblem = {
  readonly field: 'username' | 'password' | 'newPassword' | 'emailAddress' | 'timeZone'
  readonly message: string
}
