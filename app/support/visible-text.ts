// Tells texts that a person can see from those that only look empty.

/** True when some character is neither blank, nor a control, nor a mark without a letter, nor ignored by fonts. */
export function hasVisibleCharacter(text: string): boolean {
  return /[^\p{Cc}\p{Cf}\p{Z}\p{M}\p{Default_Ignorable_Code_Point}\u2800]/u.test(text)
}

/** A longer name is stored by its beginning: comparing and indexing one of megabytes would take long. */
const longestName = 1_000

/** Returns a name that people can see and databases can store: empty when it has no visible character. */
export function nameFrom(text: string): string {
  const name = text.slice(0, longestName)
  return hasVisibleCharacter(name) ? wellFormed(name) : ''
}

/** Replaces lone surrogates and NULs, which databases cannot store, so that a stored text equals the one it came from. */
export function wellFormed(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd')
}
