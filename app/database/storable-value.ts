// PostgreSQL's text holds any character but NUL. Anybody may write one, into a form or into a task at Attio:
// on both engines it becomes the replacement character, as other bytes that are no text do, instead of a failure.

export function storableValue(value: unknown): unknown {
  return typeof value === 'string' && value.includes('\0')
    ? value.replaceAll('\0', '\ufffd')
    : value
}
