// Reads the environment into a Config: only this folder knows the names of Taskr's variables, with a file for each
// subject. Every problem is reported at once, with instructions, and a value is never repeated.
import { z } from 'zod'
import type { LimitSettings } from '../accounts/accounts.ts'
import { attioVariables, toAttioSettings, type AttioSettings } from './attio.ts'
import { databaseVariables, toDatabaseSettings, type DatabaseSettings } from './database.ts'
import { developmentDefaults, present, type Environment } from './environment.ts'
import { limitVariables, toLimitSettings } from './limits.ts'
import {
  logAndMetricsVariables,
  toLogAndMetricsSettings,
  type LogAndMetricsSettings,
} from './logs-and-metrics.ts'
import { mailProblems, mailVariables, toMailSettings, type MailSettings } from './mail.ts'
import { readSecretFiles } from './secret-files.ts'
import { servingVariables, toServingSettings, type ServingSettings } from './serving.ts'
import {
  signUpProblems,
  signUpVariables,
  toSignUpSettings,
  type SignUpSettings,
} from './sign-up.ts'
import {
  providerProblems,
  singleSignOnVariables,
  toSingleSignOnSettings,
  type SingleSignOnSettings,
} from './single-sign-on.ts'
import { toTracingSettings, tracingVariables, type TracingSettings } from './tracing.ts'
import { findUnsafeSettings } from './unsafe-settings.ts'

export { callbackPath } from './attio.ts'
export type { Environment } from './environment.ts'
export { readSecretFiles } from './secret-files.ts'
export { signOnCallbackPath } from './single-sign-on.ts'

export interface Config
  extends
    ServingSettings,
    DatabaseSettings,
    AttioSettings,
    SignUpSettings,
    SingleSignOnSettings,
    MailSettings,
    LogAndMetricsSettings,
    TracingSettings {
  readonly production: boolean
  readonly limits: LimitSettings
}

export type ConfigReading =
  | { readonly kind: 'read'; readonly config: Config }
  | { readonly kind: 'refused'; readonly problems: readonly string[] }

export function readConfig(variablesAndFiles: Environment): ConfigReading {
  const { environment, problems: unreadable } = readSecretFiles(variablesAndFiles)
  const production = environment['NODE_ENV'] === 'production'
  const given = production
    ? environment
    : { ...developmentDefaults(environment), ...present(environment) }
  const variables = production ? variablesInProduction : variablesInDevelopment
  const parsed = variables.safeParse(present(given))
  const unsafe = [
    ...findUnsafeSettings(environment),
    ...mailProblems(present(given)),
    ...signUpProblems(present(given), production),
    ...providerProblems(present(given)),
  ]
  if (!parsed.success || unsafe.length > 0 || unreadable.length > 0) {
    const isUnreadable = (name: string) => unreadable.some((one) => one.startsWith(`${name}_FILE `))
    const issues = (parsed.error?.issues ?? []).filter(({ path }) => !isUnreadable(path.join('.')))
    const problems = [
      ...issues.map((issue) => `${issue.path.join('.')} ${issue.message}`),
      ...unsafe,
      ...unreadable,
    ]
    return { kind: 'refused', problems: [...new Set(problems)].toSorted() }
  }
  return { kind: 'read', config: toConfig(parsed.data, production) }
}

const variablesInProduction = describeVariables(true)
const variablesInDevelopment = describeVariables(false)

function describeVariables(production: boolean) {
  return z.object({
    ...servingVariables(production),
    ...databaseVariables,
    ...attioVariables(production),
    ...signUpVariables,
    ...singleSignOnVariables(production),
    ...mailVariables,
    ...limitVariables,
    ...logAndMetricsVariables,
    ...tracingVariables,
  })
}

function toConfig(given: z.output<typeof variablesInProduction>, production: boolean): Config {
  const serving = toServingSettings(given)
  return {
    production,
    ...serving,
    ...toDatabaseSettings(given),
    ...toAttioSettings(given, serving.publicUrl),
    ...toSignUpSettings(given),
    ...toSingleSignOnSettings(given, serving.publicUrl),
    ...toMailSettings(given, serving.publicUrl),
    ...toLimitSettings(given),
    ...toLogAndMetricsSettings(given),
    ...toTracingSettings(given),
  }
}
