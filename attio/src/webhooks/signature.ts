// Verifies that a delivery comes from Attio and is unaltered.
// Source: docs.attio.com/rest-api/guides/webhooks

export interface SignedDelivery {
  /** The raw bytes as received: re-serialized JSON has another signature. */
  readonly body: Uint8Array | ArrayBuffer
  /** The `Attio-Signature` header, as the server framework returns it. */
  readonly signature: string | null | undefined
  /** The webhook's secret or its imported key; two of them while a secret is being replaced. */
  readonly secret: string | CryptoKey | readonly (string | CryptoKey)[]
}

/**
 * Returns true when the signature is the lower-case hexadecimal HMAC-SHA256 of the body under one of
 * the secrets. A missing, repeated, upper-case or shortened signature is false. The comparison runs in
 * constant time. The signature does not prove freshness: store each `Idempotency-Key` to detect repeats.
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
 * Imports a webhook's secret as a non-extractable key, for receivers that get too many deliveries to
 * import the secret for each one. Rejects an empty secret.
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
