// PostgreSQL's text holds any character but NUL, which a person can still send in a form or a task. On both engines a NUL
// becomes the replacement character, as invalid UTF-8 does, so that storing it does not fail.

export function storableValue(value: unknown): unknown {
  return typeof value === 'string' && value.includes('\0')
    ? value.replaceAll('\0', '\ufffd')
    : value
}
