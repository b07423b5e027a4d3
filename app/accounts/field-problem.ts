// A problem with one field of a form, in words for the person who filled it in.

export type FieldProblem = {
  readonly field: 'username' | 'password' | 'newPassword' | 'emailAddress' | 'timeZone'
  readonly message: string
}
