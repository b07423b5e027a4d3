// Tells texts that a person can see from those that only look empty.

/** True when some character is neither blank, nor a control, nor a mark without a letter, nor ignored by fonts. */
export function hasVisibleCharacter(text: string): boolean {
  return /[^\p{Cc}\p{Cf}\p{Z}\p{M}\p{Default_Ignorable_Code_Point}\u2800]/u.test(text)
}
