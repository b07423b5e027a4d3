// Verifies that a delivery comes from Attio and is unaltered.
// Source: docs.attio.com/rest-api/guides/webhooks

export interface SignedDelivery {
  /** The raw bytes as received: parsed and printed again, the same JSON has another signature. */
  readonly body: Uint8Array | ArrayBuffer
  /** The `Attio-Signature` header, as the server framework gives it. */
  readonly signature: string | null | undefined
  /** The webhook's secret, or its key; two of them while it is being replaced. */
  readonly secret: string | CryptoKey | readonly (string | CryptoKey)[]
}

/**
 * True when the signature is the lower-case hexadecimal HMAC-SHA256 of the body under the secret
 * (one of the secrets). Anything else is false: missing, doubled, upper-case, shortened. The
 * comparison takes the same time wherever the difference is. The signature says nothing about
 * when: remember each `Idempotency-Key` to notice a repeat.
 *
 * @example
 * const body = await request.bytes()
 * const signature = request.headers.get('attio-signature')
 * if (!(await verifyWebhookSignature({ body, signature, secret }))) return new Response(null, { status: 401 })
 */
export async function verifyWebhookSignature(delivery: SignedDelivery): Promise<boolean> {
  const { body, signature, secret } = delivery
  const bytes = fromHex(signature ?? '')
  if (bytes === undefined) return false
  const secrets = [secret].flat()
  const content = new Uint8Array(body)
  const results = await Promise.all(
    secrets.map(async (secret) => verifyHmac(secret, bytes, content)),
  )
  return results.includes(true)
}

/**
 * A webhook's secret as a key that verifies and cannot be read: for whoever receives so much that
 * making it anew for each delivery costs too much. Rejects an empty secret.
 *
 * @example
 * const key = await importWebhookSecret(secret)
 * const body = await request.bytes()
 * const signature = request.headers.get('attio-signature')
 * const isGenuine = await verifyWebhookSignature({ body, signature, secret: key })
 */
export async function importWebhookSecret(secret: string): Promise<CryptoKey> {
  const bytes = new TextEncoder().encode(secret)
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  return await crypto.subtle.importKey('raw', bytes, algorithm, false, ['verify'])
}

async function verifyHmac(
  secret: string | CryptoKey,
  signature: Uint8Array<ArrayBuffer>,
  content: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  if (secret === '') return false
  const key = typeof secret === 'string' ? await importWebhookSecret(secret) : secret
  return crypto.subtle.verify('HMAC', key, signature, content)
}

function fromHex(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[0-9a-f]{64}$/.test(text)) return undefined
  return Uint8Array.from({ length: 32 }, (_, index) =>
    Number.parseInt(text.slice(index * 2, index * 2 + 2), 16),
  )
}
