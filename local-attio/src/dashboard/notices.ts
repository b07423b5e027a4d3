// The dashboard's messages after a form, by the keyword in the address.
import type { Context } from 'hono'
import type { Env } from '../http.ts'

const notices = {
  'account-created': 'Developer account created. Now make an app.',
  'app-created': 'App created. Next: enable OAuth.',
  renamed: 'Name saved.',
  'oauth-enabled': 'OAuth 2.0 is enabled.',
  'oauth-disabled': 'OAuth 2.0 is off. The app can no longer be authorized.',
  'redirect-uri-added': 'Redirect URI added.',
  'redirect-uri-removed': 'Redirect URI removed.',
  'secret-rotated': 'The client secret is a new one. The old one no longer works.',
  'scopes-saved': 'Scopes saved.',
  published: 'The app is published.',
  unpublished: 'The app is no longer published.',
  deleted: 'The app is deleted, with every token it was given.',
  'webhook-created': 'Webhook created. Its secret is below.',
  'webhook-deleted': 'Webhook deleted.',
  'test-event-sent': 'Test event on its way. What became of it is in the latest deliveries.',
  'test-event-refused': 'No test event was sent: the webhook is inactive or gone.',
} as const

export type Notice = keyof typeof notices

export function noticeOf(c: Context<Env>): string | undefined {
  const said = new Map<string, string>(Object.entries(notices))
  return said.get(c.req.query('said') ?? '')
}

export function saying(address: string, notice: Notice): string {
  return `${address}?said=${notice}`
}
