// The letters about an account, in words.
import type { Letter } from '../../mail/mail.ts'

type About = { readonly to: string; readonly username: string }

export function verificationLetter({ to, username }: About, address: string): Letter {
  return {
    to,
    subject: 'Confirm your email address for Taskr',
    paragraphs: [`Confirm that this is the address of the Taskr account ${username}.`],
    action: { label: 'Confirm address', address },
    after: [
      'The link works once, for 24 hours.',
      "If this isn't your account, ignore this mail. Nothing happens without the link.",
    ],
  }
}

/** The letter to a person who has no account yet. */
export function signUpLetter(to: string, address: string, lastsMs: number): Letter {
  const days = lastsMs / (24 * 3_600_000)
  return {
    to,
    subject: 'Sign up for Taskr',
    paragraphs: ['Open the link to choose a username and a password.'],
    action: { label: 'Sign up', address },
    after: [
      `The link works once, for ${days > 1 ? `${days} days` : '24 hours'}.`,
      "If you didn't expect it, ignore this mail. Nothing happens without the link.",
    ],
  }
}

export function resetLetter({ to, username }: About, address: string): Letter {
  return {
    to,
    subject: 'Reset your Taskr password',
    paragraphs: [`Someone asked to reset the password of the Taskr account ${username}.`],
    action: { label: 'Choose a new password', address },
    after: [
      'The link works once, for 30 minutes.',
      "If it wasn't you, ignore this mail. Your password stays as it is.",
    ],
  }
}

export function noticeLetter(
  { to, username }: About,
  notice: { readonly subject: string; readonly paragraphs: readonly string[] },
  settings: string,
): Letter {
  return {
    to,
    subject: notice.subject,
    paragraphs: [`Taskr account: ${username}`, ...notice.paragraphs],
    action: { label: 'Open settings', address: settings },
    after: [
      "If it wasn't you, change your password, end the other sessions and check your passkeys.",
    ],
  }
}
