// The name of a passkey, by which its owner tells several apart.
import { hasVisibleCharacter } from '../../support/visible-text.ts'

const longest = 60

/** Returns the name without controls and surrounding spaces, at most sixty characters; undefined when nothing is left. */
export function readPasskeyName(typed: string): string | undefined {
  const plain = typed
    .slice(0, 1_000)
    .replaceAll(/\p{Cc}/gu, ' ')
    .trim()
  return hasVisibleCharacter(plain)
    ? Array.from(plain).slice(0, longest).join('').trim()
    : undefined
}
