// The form of an attribute value for each attribute type.
// Source: docs.attio.com/docs/attribute-types
import { z } from 'zod'
import { type Actor, referencedActorSchema } from './actor.ts'
import { instantSchema } from './instants.ts'

/** A value with the members of its type. */
export type KnownValue =
  | { readonly attributeType: 'text'; readonly value: string }
  | { readonly attributeType: 'number'; readonly value: number }
  | { readonly attributeType: 'rating'; readonly value: number }
  | { readonly attributeType: 'checkbox'; readonly value: boolean }
  /** `YYYY-MM-DD`: a date has no time zone. */
  | { readonly attributeType: 'date'; readonly value: string }
  /** Milliseconds since 1970. */
  | { readonly attributeType: 'timestamp'; readonly value: number }
  | {
      readonly attributeType: 'personal-name'
      readonly firstName: string
      readonly lastName: string
      readonly fullName: string
    }
  | { readonly attributeType: 'email-address'; readonly emailAddress: string }
  | { readonly attributeType: 'domain'; readonly domain: string }
  | {
      readonly attributeType: 'phone-number'
      /** A telephone number in E.164. */
      readonly phoneNumber: string
      readonly countryCode: string | null
    }
  | {
      readonly attributeType: 'record-reference'
      readonly targetObject: string
      readonly targetRecordId: string
    }
  | { readonly attributeType: 'actor-reference'; readonly actor: Actor }
  | {
      readonly attributeType: 'currency'
      readonly currencyValue: number
      readonly currencyCode: string | null
    }
  | { readonly attributeType: 'select'; readonly title: string }
  | { readonly attributeType: 'status'; readonly title: string }
  | {
      readonly attributeType: 'interaction'
      readonly interactionType: string
      /** Milliseconds since 1970. */
      readonly interactedAt: number
    }
  | ({ readonly attributeType: 'location'; readonly lines: readonly string[] } & {
      readonly [part in LocationPart]: string | null
    })

type LocationPart = 'locality' | 'region' | 'postcode' | 'countryCode' | 'latitude' | 'longitude'

export type KnownValueType = KnownValue['attributeType']

type SchemaOf<Type> = z.ZodType<Extract<KnownValue, { readonly attributeType: Type }>>

const text = z.string()
const nullableText = text.nullish().transform((value) => value ?? null)
const titled = z.object({ title: text })

function form<T extends string, Wire extends object, Value extends object>(
  attributeType: T,
  members: z.ZodType<Wire>,
  read: (wire: Wire) => Value,
) {
  return members.transform((wire) => ({ attributeType, ...read(wire) }))
}

/** The schemas, keyed by Attio's `attribute_type`. */
export const knownValueSchemas: { readonly [Type in KnownValueType]: SchemaOf<Type> } = {
  text: form('text', z.object({ value: text }), ({ value }) => ({ value })),
  number: form('number', z.object({ value: z.number() }), ({ value }) => ({ value })),
  rating: form('rating', z.object({ value: z.number() }), ({ value }) => ({ value })),
  checkbox: form('checkbox', z.object({ value: z.boolean() }), ({ value }) => ({ value })),
  date: form('date', z.object({ value: text }), ({ value }) => ({ value })),
  timestamp: form('timestamp', z.object({ value: instantSchema }), ({ value }) => ({ value })),
  'personal-name': form(
    'personal-name',
    z.object({ first_name: text, last_name: text, full_name: text }),
    (wire) => ({ firstName: wire.first_name, lastName: wire.last_name, fullName: wire.full_name }),
  ),
  'email-address': form('email-address', z.object({ email_address: text }), (wire) => ({
    emailAddress: wire.email_address,
  })),
  domain: form('domain', z.object({ domain: text }), ({ domain }) => ({ domain })),
  'phone-number': form(
    'phone-number',
    z.object({ phone_number: text, country_code: nullableText }),
    (wire) => ({ phoneNumber: wire.phone_number, countryCode: wire.country_code }),
  ),
  'record-reference': form(
    'record-reference',
    z.object({ target_object: text, target_record_id: text }),
    (wire) => ({ targetObject: wire.target_object, targetRecordId: wire.target_record_id }),
  ),
  'actor-reference': form('actor-reference', referencedActorSchema, (actor) => ({ actor })),
  currency: form(
    'currency',
    z.object({ currency_value: z.number(), currency_code: nullableText }),
    (wire) => ({ currencyValue: wire.currency_value, currencyCode: wire.currency_code }),
  ),
  select: form('select', z.object({ option: titled }), ({ option }) => ({ title: option.title })),
  status: form('status', z.object({ status: titled }), ({ status }) => ({ title: status.title })),
  interaction: form(
    'interaction',
    z.object({ interaction_type: text, interacted_at: instantSchema }),
    (wire) => ({ interactionType: wire.interaction_type, interactedAt: wire.interacted_at }),
  ),
  location: form(
    'location',
    z.object({
      line_1: nullableText,
      line_2: nullableText,
      line_3: nullableText,
      line_4: nullableText,
      locality: nullableText,
      region: nullableText,
      postcode: nullableText,
      country_code: nullableText,
      latitude: nullableText,
      longitude: nullableText,
    }),
    ({ line_1, line_2, line_3, line_4, country_code, ...rest }) => ({
      lines: [line_1, line_2, line_3, line_4].filter((line) => line !== null),
      countryCode: country_code,
      ...rest,
    }),
  ),
}
