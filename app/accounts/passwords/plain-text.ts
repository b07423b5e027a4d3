// Normalizes passwords for comparison: lower case, plain letters, no disguises such as p@ssw0rd.

// NFKC may expand one character to eighteen.
const longestRead = 1_024

export function plainText(text: string): string {
  return text.slice(0, longestRead).normalize('NFKC').toLowerCase().slice(0, longestRead)
}

const lookalikes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '@': 'a',
    '4': 'a',
    '3': 'e',
    '1': 'i',
    '!': 'i',
    '0': 'o',
    $: 's',
    '5': 's',
    '7': 't',
  }),
)

/** Turns p@ssw0rd into password, character by character. */
export function withoutDisguise(text: string): string {
  return text.replaceAll(/[@431!0$57]/g, (sign) => lookalikes.get(sign) ?? sign)
}
