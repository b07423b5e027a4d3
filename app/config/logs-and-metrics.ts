// What the operator hears from Taskr: its log and its figures.
import { z } from 'zod'
import type { LogLevel } from '../support/logger.ts'
import { Secret } from '../support/secret.ts'

export interface LogAndMetricsSettings {
  /** Lines below this level are left out of the log. */
  readonly logLevel: LogLevel
  /** The bearer token for GET /metrics; undefined when there are no figures to serve. */
  readonly metricsToken: Secret | undefined
}

export const logAndMetricsVariables = {
  TASKR_LOG_LEVEL: z
    .enum(['info', 'warn', 'error'], { error: 'must be info, warn or error' })
    .default('info'),
  TASKR_METRICS_TOKEN: z
    .string()
    .regex(
      /^[\w.~+/-]{20,}=*$/,
      'must be at least 20 letters and digits, such as: openssl rand -hex 24',
    )
    .optional(),
}

export function toLogAndMetricsSettings(
  given: z.output<z.ZodObject<typeof logAndMetricsVariables>>,
): LogAndMetricsSettings {
  const token = given.TASKR_METRICS_TOKEN
  return {
    logLevel: given.TASKR_LOG_LEVEL,
    metricsToken: token === undefined ? undefined : new Secret(token),
  }
}
