// Validates bodies and query strings, and words the problems as Attio does.
import { z } from 'zod'
import type { Call } from './call.ts'
import { refuse, type ValidationError } from './errors.ts'
import { ignoredMembers, type MemberPath } from './ignored-members.ts'

/** Returns the body as parsed by the schema. Throws Attio's 400 when it does not fit. */
export function readBody<Schema extends z.ZodType>(call: Call, schema: Schema): z.infer<Schema> {
  const body = check(schema, call.body, bodyError)
  call.ignore(ignoredMembers(schema, call.body))
  return body
}

const bodyError = 'Body payload validation error.'

/** Refuses members that Attio ignores, when the option `strict` is on. */
export function refuseMembers(paths: readonly MemberPath[]): void {
  if (paths.length === 0) return
  throw refuse('validation_type', bodyError, {
    validationErrors: paths.map((path) => ({
      code: 'invalid',
      path: path.slice(0, -1),
      message: `Unrecognized key(s) in object: '${path.at(-1)}'`,
    })),
  })
}

/** Returns the query parameters as parsed by the schema; a repeated parameter is an array. */
export function readQuery<Schema extends z.ZodType>(call: Call, schema: Schema): z.infer<Schema> {
  const parameters: Record<string, string | string[]> = {}
  for (const name of new Set(call.query.keys())) {
    const all = call.query.getAll(name)
    parameters[name] = all.length === 1 ? (all[0] ?? '') : all
  }
  // assumed: the message follows the one for bodies.
  return check(schema, parameters, 'Query params validation error.')
}

/** Returns an id from the path, which Attio's reference requires to be a UUID. */
export function readUuid(call: Call, name: string): string {
  const text = call.params[name] ?? ''
  const uuid = z.guid().safeParse(text)
  if (uuid.success) return text.toLowerCase()
  throw refuse('validation_type', 'Path params validation error.', {
    validationErrors: [{ code: 'invalid', path: [name], message: 'Invalid uuid' }],
  })
}

function check<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  message: string,
): z.infer<Schema> {
  const result = schema.safeParse(input, { reportInput: true })
  if (result.success) return result.data
  throw refuse('validation_type', message, {
    validationErrors: validationErrorsOf(result.error),
  })
}

/** Returns the problems of an input that was parsed with `reportInput`, as Attio lists them. */
export function validationErrorsOf(error: z.ZodError): ValidationError[] {
  return error.issues.map(describe)
}

function describe(issue: z.core.$ZodIssue): ValidationError {
  const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)))
  const received = typeName(issue)
  switch (issue.code) {
    case 'invalid_type':
      return {
        code: 'invalid_type',
        path,
        message:
          received === 'undefined'
            ? 'Required'
            : `Expected ${expectedName(issue)}, received ${received}`,
        expected: expectedName(issue),
        received,
      }
    case 'invalid_value': {
      const options = issue.values.map(String)
      if (issue.input === undefined) {
        const expected = options.map((one) => `'${one}'`).join(' | ')
        return { code: 'invalid_type', path, message: 'Required', expected, received }
      }
      return {
        code: 'invalid_option',
        path,
        message: `Invalid enum value. Expected ${options.map((one) => `'${one}'`).join(' | ')}, received '${text(issue.input)}'`,
        options,
      }
    }
    // Seen: a member with several possible shapes is "Invalid input" even when it is missing.
    case 'invalid_union':
      return { code: 'invalid', path, message: 'Invalid input' }
    case 'unrecognized_keys':
      return {
        code: 'invalid',
        path,
        message: `Unrecognized key(s) in object: ${issue.keys.map((key) => `'${key}'`).join(', ')}`,
      }
    default:
      return { code: 'invalid', path, message: issue.message }
  }
}

/** Returns the name of the wanted type in Attio's words. */
function expectedName({ expected }: z.core.$ZodIssueInvalidType): string {
  if (expected === 'int') return 'integer'
  return expected === 'record' ? 'object' : expected
}

/** Returns the name of the type that was sent instead. */
function typeName({ input: value, ...issue }: z.core.$ZodIssue): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  const isFraction = typeof value === 'number' && 'expected' in issue && issue.expected === 'int'
  return isFraction ? 'float' : typeof value
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined')
}
