// The colour of a workspace's dot or a member's initials: one of eight, always the same for the same id.
// It is a number for the style sheet, because the content security policy allows no inline style.

export const hues = 8

export function hueOf(id: string): number {
  let sum = 0
  for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 65_521
  return sum % hues
}
