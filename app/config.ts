// Reads the environment into a Config: only this file knows the names of Taskr's variables. Every problem is reported at
// once, with instructions, and a value is never repeated.
import { z } from 'zod'
import {
  isNetwork,
  readDomain,
  type LimitSettings,
  type ProviderSettings,
  type SignUpRule,
} from './accounts/accounts.ts'
import type { AttioApp } from './connections/connections.ts'
import { openKeyRing } from './connections/connections.ts'
import type { KeyRing } from './connections/connections.ts'
import { readSmtpUrl, type MailSender, type SmtpServer } from './mail/mail.ts'
import { isLoopback } from './support/loopback.ts'
import type { LogLevel } from './support/logger.ts'
import { Secret } from './support/secret.ts'
import { readSecretFiles } from './secret-files.ts'
import { findUnsafeSettings } from './unsafe-settings.ts'

export interface Config {
  readonly production: boolean
  readonly host: string
  readonly port: number
  /** The origin where people reach Taskr: the only source of every absolute address that Taskr sends out. */
  readonly publicUrl: URL
  readonly databaseUrl: string
  /** The database address for LISTEN: PgBouncer in transaction mode drops notifications. Default: `databaseUrl`. */
  readonly listenDatabaseUrl: string
  /** The most connections that this node opens to PostgreSQL for queries. */
  readonly databaseConnections: number
  /** How long a node that stops goes on taking requests, so that a load balancer notices. */
  readonly stopNoticeMs: number
  /** Lines below this level are left out of the log. */
  readonly logLevel: LogLevel
  readonly keys: KeyRing
  readonly attio: AttioApp
  /** `web` serves pages, `worker` sends changes to Attio and syncs, `all` does both. */
  readonly role: 'all' | 'web' | 'worker'
  /** The number of proxies in front of Taskr that append to X-Forwarded-For. */
  readonly trustedProxies: number
  readonly limits: LimitSettings
  /** Who may sign up. */
  readonly signUp: SignUpRule
  /** The identity provider through which people can log in, when there is one. */
  readonly singleSignOn: ProviderSettings | undefined
  /** The server that takes Taskr's mail. Without one, production sends none, and development keeps it in a mailbox. */
  readonly smtp: SmtpServer | undefined
  readonly mailFrom: MailSender
  /** The bearer token for GET /metrics; undefined when there are no figures to serve. */
  readonly metricsToken: Secret | undefined
  /** True when strict transport security also covers subdomains of the public host. */
  readonly hstsIncludesSubDomains: boolean
  /** The contact for reporting a vulnerability: a mailto: or https: address, for /.well-known/security.txt. */
  readonly securityContact: string
}

export type ConfigReading =
  | { readonly kind: 'read'; readonly config: Config }
  | { readonly kind: 'refused'; readonly problems: readonly string[] }

export type Environment = Readonly<Record<string, string | undefined>>

export const callbackPath = '/integrations/attio/callback'
export const signOnCallbackPath = '/login/single-sign-on/callback'

export function readConfig(variablesAndFiles: Environment): ConfigReading {
  const { environment, problems: unreadable } = readSecretFiles(variablesAndFiles)
  const production = environment['NODE_ENV'] === 'production'
  const given = production
    ? environment
    : { ...developmentDefaults(environment), ...present(environment) }
  const parsed = variables(production).safeParse(present(given))
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

function variables(production: boolean) {
  const required = (what: string) => z.string({ error: `is missing: ${what}` })
  const origin = (what: string) =>
    required(what).transform((text, context) => {
      const problem = originProblem(text, production)
      if (problem !== undefined) context.addIssue({ code: 'custom', message: problem })
      return text
    })
  return z.object({
    HOST: z.string().default('127.0.0.1'),
    PORT: z
      .string()
      .default('3050')
      .refine(
        (text) => /^\d{1,5}$/.test(text) && Number(text) < 65_536,
        'must be a port: 0 to 65535',
      ),
    PUBLIC_URL: origin('the address people reach Taskr at, for example https://taskr.example.com'),
    DATABASE_URL: required('file:./data/taskr.db or postgres://…').refine(
      (text) => /^(file:|postgres(ql)?:\/\/)./.test(text),
      'must begin with file: or postgres://',
    ),
    LISTEN_DATABASE_URL: z
      .string()
      .regex(/^postgres(ql)?:\/\/./, 'must begin with postgres://')
      .optional(),
    TASKR_KEYS: required('a key ring, made by: npm run keys -- new').transform((text, context) => {
      const reading = openKeyRing(text)
      if (reading.kind === 'read') return reading.ring
      context.addIssue({ code: 'custom', message: `is refused: ${reading.problem}` })
      return z.NEVER
    }),
    ATTIO_CLIENT_ID: required(
      "the Client ID on the OAuth tab of your app in Attio's developer dashboard",
    ).refine(
      (text) => z.guid().safeParse(text).success,
      'must be the Client ID from the OAuth tab: a UUID',
    ),
    ATTIO_CLIENT_SECRET: required(
      "the Client Secret on the OAuth tab in Attio's developer dashboard",
    ).refine(
      (text) =>
        text.length >= 32 && !/your|change|secret|example|placeholder|xxxx|(.)\1{15}/i.test(text),
      'must be the Client Secret from the OAuth tab, not a placeholder',
    ),
    ATTIO_APP_URL: origin('https://app.attio.com').default('https://app.attio.com'),
    ATTIO_API_URL: origin('https://api.attio.com').default('https://api.attio.com'),
    TASKR_ROLE: z
      .enum(['all', 'web', 'worker'], { error: 'must be all, web or worker' })
      .default('all'),
    TASKR_TRUSTED_PROXIES: z
      .string()
      .default('0')
      .refine((text) => /^[0-9]$/.test(text), 'must be a number from 0 to 9'),
    TASKR_HSTS_SUBDOMAINS: z.enum(['yes', 'no'], { error: 'must be yes or no' }).default('no'),
    TASKR_SECURITY_CONTACT: z
      .string()
      .refine(
        (text) => /^(mailto:[^\s@]+@|https:\/\/)[\x21-\x7e]+$/.test(text),
        'must be a mailto: or https:// address',
      )
      .optional(),
    SMTP_URL: smtpServer.optional(),
    MAIL_FROM: z
      .string()
      .transform((text, context) => {
        const sender = readSender(text)
        if (sender !== undefined) return sender
        const message = 'must be an address, or a name and an address: Taskr <taskr@example.com>'
        context.addIssue({ code: 'custom', message })
        return z.NEVER
      })
      .optional(),
    TASKR_METRICS_TOKEN: z
      .string()
      .regex(
        /^[\w.~+/-]{20,}=*$/,
        'must be at least 20 letters and digits, such as: openssl rand -hex 24',
      )
      .optional(),
    TASKR_LIMIT_EXEMPT: z
      .string()
      .default('')
      .transform(splitList)
      .refine(
        (networks) => networks.every(isNetwork),
        'must be addresses or ranges, with commas between: 203.0.113.0/24, 2001:db8::/48',
      ),
    OIDC_ISSUER: z
      .string()
      .transform((text, context) => {
        const problem = issuerProblem(text, production)
        if (problem === undefined) return new URL(text)
        context.addIssue({ code: 'custom', message: problem })
        return z.NEVER
      })
      .optional(),
    OIDC_CLIENT_ID: z.string().optional(),
    OIDC_CLIENT_SECRET: z.string().optional(),
    OIDC_LABEL: z
      .string()
      .regex(/^[^\p{C}]{1,40}$/u, 'must be a name of at most 40 characters')
      .optional(),
    TASKR_SIGN_UP: z
      .enum(['open', 'invited', 'closed'], { error: 'must be open, invited or closed' })
      .default('open'),
    TASKR_SIGN_UP_DOMAINS: z
      .string()
      .default('')
      .transform((text, context) => {
        const domains = splitList(text).map((domain) => readDomain(domain))
        const known = domains.filter((domain) => domain !== undefined)
        if (known.length === domains.length) return known
        const message = 'must be domains, with commas between: acme.com, acme.example'
        context.addIssue({ code: 'custom', message })
        return z.NEVER
      }),
    TASKR_DATABASE_CONNECTIONS: numberFrom(1, 500).default(10),
    TASKR_STOP_NOTICE_SECONDS: numberFrom(0, 60).default(2),
    TASKR_LOG_LEVEL: z
      .enum(['info', 'warn', 'error'], { error: 'must be info, warn or error' })
      .default('info'),
    TASKR_SIGN_UPS_PER_HOUR: limit.optional(),
    TASKR_LOG_INS_PER_MINUTE: limit.optional(),
  })
}

const smtpServer = z.string().transform((text, context) => {
  const reading = readSmtpUrl(text)
  if (reading.kind === 'read') return reading.server
  context.addIssue({ code: 'custom', message: reading.problem })
  return z.NEVER
})

function readSender(text: string): MailSender | undefined {
  const [, name = '', address = ''] =
    /^(?:([^<>"\p{C}]*)<)?([^\s<>@"(),:;\\[\]\p{C}]+@[^\s<>@"(),:;\\[\]\p{C}]+)>?$/u.exec(
      text.trim(),
    ) ?? []
  const isWhole = text.trim().endsWith('>') === text.includes('<')
  return address === '' || !isWhole ? undefined : { name: name.trim() || 'Taskr', address }
}

/** A mail server without a sender would refuse every mail. */
function mailProblems(given: Environment): readonly string[] {
  return given['SMTP_URL'] !== undefined && given['MAIL_FROM'] === undefined
    ? ['MAIL_FROM is missing: the sender of mail, for example Taskr <taskr@example.com>']
    : []
}

/** An address of a domain must be proven: by a mailed link, or by the identity provider. */
function signUpProblems(given: Environment, production: boolean): readonly string[] {
  const isProven = given['SMTP_URL'] !== undefined || given['OIDC_ISSUER'] !== undefined
  return given['TASKR_SIGN_UP_DOMAINS'] === undefined || isProven || !production
    ? []
    : ['TASKR_SIGN_UP_DOMAINS needs SMTP_URL or OIDC_ISSUER, to verify addresses of these domains']
}

/** A provider needs its client, and a client its provider. */
function providerProblems(given: Environment): readonly string[] {
  const needed = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET']
  const [present] = [...needed, 'OIDC_LABEL'].filter((name) => given[name] !== undefined)
  return present === undefined
    ? []
    : needed
        .filter((name) => given[name] === undefined)
        .map((name) => `${name} is missing beside ${present}`)
}

const limit = numberFrom(1, 999_999)

function numberFrom(least: number, most: number) {
  return z
    .string()
    .refine(
      (text) => /^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most,
      `must be a number from ${least} to ${most}`,
    )
    .transform(Number)
}

function splitList(text: string): readonly string[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
}

type Variables = z.output<ReturnType<typeof variables>>

function toConfig(given: Variables, production: boolean): Config {
  const publicUrl = new URL(given.PUBLIC_URL)
  const signUpsPerHourAndAddress = given.TASKR_SIGN_UPS_PER_HOUR
  const passwordsPerMinuteAndAddress = given.TASKR_LOG_INS_PER_MINUTE
  return {
    production,
    host: given.HOST,
    port: Number(given.PORT),
    publicUrl,
    databaseUrl: given.DATABASE_URL,
    listenDatabaseUrl: given.LISTEN_DATABASE_URL ?? given.DATABASE_URL,
    databaseConnections: given.TASKR_DATABASE_CONNECTIONS,
    stopNoticeMs: given.TASKR_STOP_NOTICE_SECONDS * 1_000,
    logLevel: given.TASKR_LOG_LEVEL,
    keys: given.TASKR_KEYS,
    attio: {
      clientId: given.ATTIO_CLIENT_ID,
      clientSecret: new Secret(given.ATTIO_CLIENT_SECRET),
      endpoints: {
        app: new URL(given.ATTIO_APP_URL).origin,
        api: new URL(given.ATTIO_API_URL).origin,
      },
      redirectUri: new URL(callbackPath, publicUrl).href,
    },
    role: given.TASKR_ROLE,
    singleSignOn: providerOf(given, publicUrl),
    signUp: { mode: given.TASKR_SIGN_UP, domains: given.TASKR_SIGN_UP_DOMAINS },
    metricsToken:
      given.TASKR_METRICS_TOKEN === undefined ? undefined : new Secret(given.TASKR_METRICS_TOKEN),
    trustedProxies: Number(given.TASKR_TRUSTED_PROXIES),
    hstsIncludesSubDomains: given.TASKR_HSTS_SUBDOMAINS === 'yes',
    // The mailbox that RFC 2142 reserves for this.
    securityContact: given.TASKR_SECURITY_CONTACT ?? `mailto:security@${publicUrl.hostname}`,
    smtp: given.SMTP_URL,
    mailFrom: given.MAIL_FROM ?? { name: 'Taskr', address: `taskr@${publicUrl.hostname}` },
    limits: {
      exemptNetworks: given.TASKR_LIMIT_EXEMPT,
      rules: {
        ...(signUpsPerHourAndAddress && { signUpsPerHourAndAddress }),
        ...(passwordsPerMinuteAndAddress && { passwordsPerMinuteAndAddress }),
      },
    },
  }
}

function providerOf(given: Variables, publicUrl: URL): ProviderSettings | undefined {
  const {
    OIDC_CLIENT_ID: clientId,
    OIDC_CLIENT_SECRET: clientSecret,
    OIDC_ISSUER: issuer,
    OIDC_LABEL: label,
  } = given
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) return undefined
  return {
    issuer,
    clientId,
    clientSecret: new Secret(clientSecret),
    label: label ?? issuer.hostname,
    redirectUri: new URL(signOnCallbackPath, publicUrl).href,
  }
}

/** In development two addresses have defaults. In production nothing that matters has one. */
function developmentDefaults(environment: Environment): Environment {
  const port =
    environment['PORT'] === undefined || environment['PORT'] === '' ? '3050' : environment['PORT']
  return { PUBLIC_URL: `http://localhost:${port}`, DATABASE_URL: 'file:./data/taskr.db' }
}

/** Treats an empty variable as missing. */
function present(environment: Environment): Environment {
  return Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== ''),
  )
}

/** An issuer is an address that may have a path (OpenID Connect Discovery §2). */
function issuerProblem(text: string, production: boolean): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || url.search !== '' || url.hash !== '' || url.username !== '') {
    return 'must be an https:// address without a query or a user'
  }
  return originProblem(url.origin, production)
}

function originProblem(text: string, production: boolean): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) return 'must be an https:// address'
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '' || url.username !== '') {
    return 'must be an origin only: no path, no query, no user'
  }
  if (url.protocol === 'https:' || isLoopback(url.hostname)) return undefined
  return production ? 'must be https in production' : 'must be https, or http on this machine only'
}
