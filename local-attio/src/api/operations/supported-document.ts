// Writes SUPPORTED.md from the list of operations.
import { operationEntries, type Operation } from './operations.ts'
import { unsupportedOperations } from './unsupported.ts'

export function supportedDocument(): string {
  const all = operationEntries.map(([, operation]) => operation)
  const newer = all.filter((operation) => operation.since !== undefined)
  const documented = all.filter((operation) => operation.since === undefined)
  const missing = unsupportedOperations.map(([method, path]) => `- \`${method} ${path}\``)
  return `${introduction}
## Supported (${documented.length} of the ${documentedCount} operations of Attio's document)

${documented.map(line).join('\n')}

## Supported beyond the document (${newer.length})

${newer.map(line).join('\n')}

## Not supported (${missing.length})

Each answers 501 with \`{"local_attio":"not-supported", …}\`, which is no shape of Attio's. Any other address under \`/v2\`, \`/scim\` and \`/openapi\` answers with Attio's own 404, \`Could not find endpoint …\`.

${missing.join('\n')}
${everywhere}`
}

/** The operations of Attio's OpenAPI document of February 2026; tools/check-openapi.ts counts them. */
export const documentedCount = 67

function line({ method, path, title, since, differences }: Operation): string {
  const added = since === undefined ? '' : ` (${since})`
  const text = `- \`${method} ${path}\` ${title}${added}`
  return differences === undefined ? text : `${text}. _Differs:_ ${differences}`
}

const introduction = `# What the local Attio can do

Written by \`node local-attio/tools/write-supported.ts\` from the list of operations; a test fails when it is stale. Where Attio's behaviour is not documented and no recording shows it, the sources say \`assumed\`, and the local Attio is stricter rather than kinder.
`

const everywhere = `
## Differences everywhere

- **OAuth.** Denial, error pages and the error bodies of \`/oauth/token\` follow RFC 6749; the real ones are not documented. PKCE is checked whenever a challenge was sent, \`S256\` only, and a verifier without a challenge is refused; the real one's checks are not documented. A code lives ten minutes and works once; a second use revokes what the first gave.
- **Sign-in.** There are no passwords: you pick a person.
- **Bodies.** Unknown members are refused where Attio's document closes an object, and ignored elsewhere; the journal names those ignored. The option \`strict\` refuses all of them. Texts that the reference calls UUIDs have to be UUIDs.
- **Depth.** A body that nests more than 200 levels is refused; Attio's limit is not documented.
- **CORS.** A browser's preflight is answered with yes for every origin; no recording shows one.
- **403.** No recording shows the body for a missing scope; here it names the scopes.
- **Scopes.** A token keeps the scopes it was granted when the app's are changed.
- **Limits.** 100 reads and 25 writes in any second. The two queries count as reads, and there is no limit on their complexity.
- **\`web_url\`** begins with this server's address.
- **Tasks** that are linked to a record of another object than people and companies keep the link; \`target_object_id\` is always the object's slug.
- **Nulls.** The currency of attributes that have none, the resolver of an open comment, the id of the system actor and the access to a private list are null as recordings of the real Attio show; its document has no null there. \`shapes: 'documented'\` follows the document.
- **Data.** Nothing is enriched, nothing is synced from mailboxes or calendars, and root domains follow a simple rule instead of the public suffix list.
`
