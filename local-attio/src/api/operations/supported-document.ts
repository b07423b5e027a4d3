// SUPPORTED.md, written from the list of operations, so that it cannot say anything else.
import { operationEntries } from './operations.ts'
import { unsupportedOperations } from './unsupported.ts'

export function supportedDocument(): string {
  const lines = operationEntries.map(([, { method, path, title, differences }]) => {
    const line = `- \`${method} ${path}\` ${title}`
    return differences === undefined ? line : `${line}. _Differs:_ ${differences}`
  })
  const missing = unsupportedOperations.map(([method, path]) => `- \`${method} ${path}\``)
  return `${introduction}
## Supported (${lines.length})

${lines.join('\n')}

## Not supported (${missing.length})

These answer 501 with \`{"local_attio":"not-supported", …}\`, which is no shape of Attio's. Any other address under \`/v2\` answers with Attio's own 404, \`Could not find endpoint …\`.

${missing.join('\n')}
${everywhere}`
}

const introduction = `# What the local Attio can do

Written by \`node local-attio/tools/write-supported.ts\` from \`src/api/operations.ts\`; a test fails when it is stale. Where nobody outside Attio knows what the real one does, the sources say \`assumed\`, and the local Attio is stricter rather than kinder.
`

const everywhere = `
## Differences everywhere

- **OAuth.** Denial, error pages and the error bodies of \`/oauth/token\` follow RFC 6749; the real ones are not documented. PKCE is checked whenever a challenge was sent, \`S256\` only, and a verifier without a challenge is refused; the real one's checks are not documented. A code lives ten minutes and works once; a second use revokes what the first gave.
- **Sign-in.** There are no passwords: one picks a person.
- **Bodies.** Unknown members are refused where Attio's document closes an object, and ignored elsewhere; the journal names those ignored. The option \`strict\` refuses all of them. Texts that the reference calls UUIDs have to be UUIDs.
- **403.** The body for a missing scope was never seen; here it names the scopes.
- **Scopes.** A token keeps the scopes it was granted when the app's are changed.
- **Limits.** 100 reads and 25 writes in any second. The two queries count as reads, and there is no limit on their complexity.
- **\`web_url\`** begins with this server's address.
- **Tasks** that are linked to a record of another object than people and companies keep the link; \`target_object_id\` is always the object's slug.
- **Two nulls.** The currency of attributes that have none, and who resolved an open comment, are null as recordings of the real Attio show; its document has no null there. \`shapes: 'documented'\` follows the document.
- **Data.** Nothing is enriched, nothing is synced from mailboxes or calendars, and root domains follow a simple rule instead of the public suffix list.
`
