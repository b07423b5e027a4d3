// Where traces are sent, by the variables of OpenTelemetry, and whether they hold the statements of the database:
// https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
import { z } from 'zod'
import { Secret } from '../support/secret.ts'
import { readPairs, type TraceTarget } from '../tracing/tracing.ts'
import { splitList } from './value-kinds.ts'

export interface TracingSettings {
  /** Undefined when no traces are sent. */
  readonly tracing: TraceTarget | undefined
}

const endpoint = z
  .string()
  .refine(isEndpoint, 'must be an http:// or https:// address without a user or a query')
  .optional()
const pairs = z
  .string()
  .refine(arePairs, 'must be name=value pairs with commas between them, percent-encoded')
  .optional()
const protocol = z
  .literal('http/json', { error: 'must be http/json, which every collector takes at port 4318' })
  .optional()

export const tracingVariables = {
  OTEL_SDK_DISABLED: z.enum(['true', 'false'], { error: 'must be true or false' }).optional(),
  OTEL_TRACES_EXPORTER: z.enum(['otlp', 'none'], { error: 'must be otlp or none' }).optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: endpoint,
  OTEL_EXPORTER_OTLP_HEADERS: pairs,
  OTEL_EXPORTER_OTLP_TRACES_HEADERS: pairs,
  OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
  OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: protocol,
  OTEL_SERVICE_NAME: z.string().default('taskr'),
  OTEL_RESOURCE_ATTRIBUTES: pairs,
  OTEL_TRACES_SAMPLER: z
    .enum(
      [
        'always_on',
        'always_off',
        'traceidratio',
        'parentbased_always_on',
        'parentbased_always_off',
        'parentbased_traceidratio',
      ],
      { error: 'must be a sampler that OpenTelemetry defines, such as parentbased_traceidratio' },
    )
    .default('parentbased_always_on'),
  OTEL_TRACES_SAMPLER_ARG: z
    .string()
    .regex(/^(?:0(?:\.\d{1,9})?|1(?:\.0{1,9})?)$/, 'must be a number from 0 to 1')
    .transform(Number)
    .default(1),
  TASKR_TRACE_STATEMENTS: z.enum(['yes', 'no'], { error: 'must be yes or no' }).default('no'),
}

export function toTracingSettings(
  given: z.output<z.ZodObject<typeof tracingVariables>>,
): TracingSettings {
  const url = urlOf(given)
  const isOff = given.OTEL_SDK_DISABLED === 'true' || given.OTEL_TRACES_EXPORTER === 'none'
  if (url === undefined || isOff) return { tracing: undefined }
  const headers = given.OTEL_EXPORTER_OTLP_TRACES_HEADERS ?? given.OTEL_EXPORTER_OTLP_HEADERS ?? ''
  const sampler = given.OTEL_TRACES_SAMPLER
  return {
    tracing: {
      url,
      headers: new Secret(headers),
      resource: {
        ...Object.fromEntries(readPairs(given.OTEL_RESOURCE_ATTRIBUTES ?? '')),
        'service.name': given.OTEL_SERVICE_NAME,
      },
      ratio: sampler.endsWith('always_off')
        ? 0
        : sampler.endsWith('always_on')
          ? 1
          : given.OTEL_TRACES_SAMPLER_ARG,
      statements: given.TASKR_TRACE_STATEMENTS === 'yes',
      followsParent: sampler.startsWith('parentbased_'),
    },
  }
}

function urlOf(given: {
  readonly OTEL_EXPORTER_OTLP_ENDPOINT?: string | undefined
  readonly OTEL_EXPORTER_OTLP_TRACES_ENDPOINT?: string | undefined
}): string | undefined {
  const base = given.OTEL_EXPORTER_OTLP_ENDPOINT
  const fromBase = base === undefined ? undefined : `${base.replace(/\/+$/, '')}/v1/traces`
  return given.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? fromBase
}

function isEndpoint(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) return false
  return url.username === '' && url.password === '' && url.search === '' && url.hash === ''
}

/** Names are tokens, and values have no control characters once decoded (RFC 9110 §5.5). */
function arePairs(text: string): boolean {
  return splitList(text).every((pair) => /^[\w!#$%&'*+.^`|~-]+\s*=/.test(pair) && isDecodable(pair))
}

function isDecodable(text: string): boolean {
  try {
    return !/\p{Cc}/u.test(decodeURIComponent(text))
  } catch {
    return false
  }
}
