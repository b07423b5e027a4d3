// Where and how Taskr serves: its addresses, the proxies in front of it, and what the node does.
import { z } from 'zod'
import { numberFrom, origin } from './value-kinds.ts'

export interface ServingSettings {
  readonly host: string
  readonly port: number
  /** The origin where people reach Taskr: the only source of every absolute address that Taskr sends out. */
  readonly publicUrl: URL
  /** `web` serves pages, `worker` sends changes to Attio and syncs, `all` does both. */
  readonly role: 'all' | 'web' | 'worker'
  /** The number of proxies in front of Taskr that append to X-Forwarded-For. */
  readonly trustedProxies: number
  /** How long a node that stops goes on taking requests, so that a load balancer notices. */
  readonly stopNoticeMs: number
  /** True when strict transport security also covers subdomains of the public host. */
  readonly hstsIncludesSubDomains: boolean
  /** The contact for reporting a vulnerability: a mailto: or https: address, for /.well-known/security.txt. */
  readonly securityContact: string
}

export const servingVariables = (production: boolean) => ({
  HOST: z.string().default('127.0.0.1'),
  PORT: z
    .string()
    .default('3050')
    .refine(
      (text) => /^\d{1,5}$/.test(text) && Number(text) < 65_536,
      'must be a port: 0 to 65535',
    ),
  PUBLIC_URL: origin(
    'the address people reach Taskr at, for example https://taskr.example.com',
    production,
  ),
  TASKR_ROLE: z
    .enum(['all', 'web', 'worker'], { error: 'must be all, web or worker' })
    .default('all'),
  TASKR_TRUSTED_PROXIES: z
    .string()
    .default('0')
    .refine((text) => /^[0-9]$/.test(text), 'must be a number from 0 to 9'),
  TASKR_STOP_NOTICE_SECONDS: numberFrom(0, 60).default(2),
  TASKR_HSTS_SUBDOMAINS: z.enum(['yes', 'no'], { error: 'must be yes or no' }).default('no'),
  TASKR_SECURITY_CONTACT: z
    .string()
    .refine(
      (text) => /^(mailto:[^\s@]+@|https:\/\/)[\x21-\x7e]+$/.test(text),
      'must be a mailto: or https:// address',
    )
    .optional(),
})

export function toServingSettings(given: Variables): ServingSettings {
  const publicUrl = new URL(given.PUBLIC_URL)
  return {
    host: given.HOST,
    port: Number(given.PORT),
    publicUrl,
    role: given.TASKR_ROLE,
    trustedProxies: Number(given.TASKR_TRUSTED_PROXIES),
    stopNoticeMs: given.TASKR_STOP_NOTICE_SECONDS * 1_000,
    hstsIncludesSubDomains: given.TASKR_HSTS_SUBDOMAINS === 'yes',
    // The mailbox that RFC 2142 reserves for this.
    securityContact: given.TASKR_SECURITY_CONTACT ?? `mailto:security@${publicUrl.hostname}`,
  }
}

type Variables = z.output<z.ZodObject<ReturnType<typeof servingVariables>>>
