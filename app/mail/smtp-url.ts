// Reads SMTP_URL: smtps://user:password@mail.example.com:465, or smtp:// for STARTTLS.
import { isLoopback } from '../support/loopback.ts'
import { Secret } from '../support/secret.ts'

export interface SmtpServer {
  readonly host: string
  readonly port: number
  /** `at-once`: TLS from the first byte. `required`: STARTTLS, or no mail. `none`: on this machine only. */
  readonly tls: 'at-once' | 'required' | 'none'
  readonly login?: { readonly user: string; readonly password: Secret }
}

export type SmtpUrlReading =
  | { readonly kind: 'read'; readonly server: SmtpServer }
  | { readonly kind: 'refused'; readonly problem: string }

export function readSmtpUrl(text: string): SmtpUrlReading {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !/^smtps?:$/.test(url.protocol) || url.hostname === '') {
    return { kind: 'refused', problem: 'must be smtps://user:password@host or smtp://…' }
  }
  // A query could switch certificates off.
  if (!['', '/'].includes(url.pathname) || url.search !== '' || url.hash !== '') {
    return { kind: 'refused', problem: 'must have no path and no query' }
  }
  const login = readLogin(url)
  if (login === 'refused') return { kind: 'refused', problem: 'has a user without a password' }
  const atOnce = url.protocol === 'smtps:'
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  return {
    kind: 'read',
    server: {
      host,
      port: url.port === '' ? (atOnce ? 465 : 587) : Number(url.port),
      tls: atOnce ? 'at-once' : isLoopback(url.hostname) ? 'none' : 'required',
      ...(login && { login }),
    },
  }
}

function readLogin({ username, password }: URL): SmtpServer['login'] | 'refused' {
  if (username === '' && password === '') return undefined
  if (username === '' || password === '') return 'refused'
  try {
    return {
      user: decodeURIComponent(username),
      password: new Secret(decodeURIComponent(password)),
    }
  } catch {
    return 'refused'
  }
}
