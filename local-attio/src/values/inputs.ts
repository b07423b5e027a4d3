// The input that an attribute of each type accepts, in Attio's short and long forms. Options and
// references keep the name they were given; resolve.ts looks them up. Objects that Attio closes with
// `additionalProperties: false` are strict, the others ignore unknown members.
import { z } from 'zod'
import type { AttributeType, Value } from '../world/records.ts'
import { domainContent, emailContent } from './contents.ts'
import { countryCode } from './country-codes.ts'
import { normalDate, normalTimestamp } from './dates.ts'
import { parsePhoneNumber } from './phone-numbers.ts'

type Content = Value['content']

/** `"x"` is short for `{ [member]: "x" }`. */
function orShort<Schema extends z.ZodType>(member: string, schema: Schema) {
  const isLong = (input: unknown) => typeof input === 'object' && input !== null
  return z.preprocess((input) => (isLong(input) ? input : { [member]: input }), schema)
}

function wrongly(context: z.RefinementCtx, message: string): never {
  context.addIssue({ code: 'custom', message })
  return z.NEVER
}

const numeric = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d{1,15}(\.\d{1,15})?$/, 'Expected a number')
    .transform(Number),
])

const nullableText = z.string().nullable()

const text = orShort('value', z.strictObject({ value: z.string() }))

const checkbox = orShort(
  'value',
  z.strictObject({
    value: z.union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')]),
  }),
)

const currency = orShort(
  'currency_value',
  // The code is always the attribute's: the document closes this object without a code.
  z.strictObject({ currency_value: numeric }).transform(({ currency_value }) => ({
    currency_value: Math.round(currency_value * 10_000) / 10_000,
  })),
)

function instant(normalize: (input: string) => string | undefined) {
  const value = z
    .string()
    .transform(
      (input, context) =>
        normalize(input) ?? wrongly(context, 'Invalid ISO 8601 date or timestamp'),
    )
  return orShort('value', z.strictObject({ value }))
}

/** Labels in any script, also as Punycode; seen: underscores are accepted before the last label. */
const domainName =
  /^(?:(?!-)[\p{L}\p{M}\d_-]{0,62}[\p{L}\p{M}\d_]\.)+(?:xn--[a-z\d-]*[a-z\d]|\p{L}[\p{L}\p{M}]+)$/iu

const domain = orShort(
  'domain',
  z
    .object({
      domain: z.string().regex(domainName, 'Invalid domain'),
    })
    .transform((input) => domainContent(input.domain)),
)

const emailAddress = orShort(
  'email_address',
  z
    .object({ email_address: z.email('Invalid email') })
    .transform((input) => emailContent(input.email_address)),
)

const phoneNumber = orShort(
  'original_phone_number',
  z
    .object({
      original_phone_number: z.string(),
      country_code: countryCode.nullable().default(null),
    })
    .transform(
      (input, context) =>
        parsePhoneNumber(input.original_phone_number, input.country_code) ??
        wrongly(context, 'Invalid phone number'),
    ),
)

const personalName = z.preprocess(
  (input) => (typeof input === 'string' ? nameFrom(input) : input),
  z.object({ first_name: z.string(), last_name: z.string(), full_name: z.string() }),
)

/** "Last, First"; without a comma all of it is the first name. */
function nameFrom(input: string): Content {
  const [before = '', ...after] = input.split(',')
  const [first, last] = after.length > 0 ? [after.join(','), before] : [before, '']
  const [firstName, lastName] = [first.trim(), last.trim()]
  return {
    first_name: firstName,
    last_name: lastName,
    full_name: `${firstName} ${lastName}`.trim(),
  }
}

/** Attio takes addresses apart; here a text becomes the first line. */
const location = z.preprocess(
  (input) => (typeof input === 'string' ? { ...noLocation, line_1: input } : input),
  z.strictObject({
    line_1: nullableText,
    line_2: nullableText,
    line_3: nullableText,
    line_4: nullableText,
    locality: nullableText,
    region: nullableText,
    postcode: nullableText,
    country_code: countryCode.nullable(),
    latitude: degrees(90),
    longitude: degrees(180),
  }),
)

const noLocation = {
  line_1: null,
  line_2: null,
  line_3: null,
  line_4: null,
  locality: null,
  region: null,
  postcode: null,
  country_code: null,
  latitude: null,
  longitude: null,
}

function degrees(most: number) {
  return z
    .string()
    .regex(/^[-+]?\d{1,3}(\.\d+)?$/)
    .refine((number) => Math.abs(Number(number)) <= most)
    .nullable()
}

const interaction = z.strictObject({
  interaction_type: z.enum([
    'calendar-event',
    'call',
    'chat-thread',
    'email',
    'in-person-meeting',
    'meeting',
  ]),
  interacted_at: z.string(),
  owner_actor: z.object({ id: z.string().nullable(), type: z.string() }),
})

const referenceById = z.strictObject({
  target_object: z.string(),
  target_record_id: z.guid('Invalid uuid'),
})

const referenceByMatch = z.object({
  target_object: z.string(),
  target_record_reference: z.object({
    match: z.record(z.string(), z.json()),
    if_multiple_matches: z.string().exactOptional(),
  }),
})

/** The other members name the attribute to match by. */
const referenceByValue = z
  .record(z.string(), z.json())
  .refine((input) => !('target_record_id' in input || 'target_record_reference' in input))

const reference = z.preprocess(
  (input) => (typeof input === 'string' ? { text: input } : input),
  z.union([referenceById, referenceByMatch, referenceByValue]),
)

const actorReference = z.preprocess(
  (input) => (typeof input === 'string' ? { workspace_member_email_address: input } : input),
  z.union([
    z.strictObject({ workspace_member_email_address: z.string() }),
    z.strictObject({
      referenced_actor_type: z.literal('workspace-member'),
      referenced_actor_id: z.guid('Invalid uuid'),
    }),
  ]),
)

export const valueInputs: Readonly<Record<AttributeType, z.ZodType<Content>>> = {
  text,
  number: orShort('value', z.strictObject({ value: numeric })),
  checkbox,
  currency,
  date: instant(normalDate),
  timestamp: instant(normalTimestamp),
  rating: orShort('value', z.strictObject({ value: z.number().int().min(0).max(5) })),
  status: orShort('status', z.strictObject({ status: z.string().min(1) })),
  select: orShort('option', z.strictObject({ option: z.string().min(1) })),
  'record-reference': reference,
  'actor-reference': actorReference,
  location,
  domain,
  'email-address': emailAddress,
  'phone-number': phoneNumber,
  interaction,
  'personal-name': personalName,
}
