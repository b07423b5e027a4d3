// Passwords as a guesser reads them: in lower case, in the plainest letters, without disguises.

// NFKC may write one character as eighteen.
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

/** Returns p@ssw0rd as password, character by character. */
export function withoutDisguise(text: string): string {
  return text.replaceAll(/[@431!0$57]/g, (sign) => lookalikes.get(sign) ?? sign)
}
