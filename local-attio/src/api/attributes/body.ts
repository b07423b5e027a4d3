// The request bodies that create or change an attribute.
import { z } from 'zod'
import { attributeType } from '../../world/records.ts'
import { apiSlug } from '../requests/slugs.ts'

/** Attribute types that only Attio itself creates: names and interactions. */
const creatableType = attributeType.exclude(['personal-name', 'interaction'])

const currencyCode = z.enum(
  (
    'ARS AUD BRL BGN CAD CLP CNY COP CZK DKK EUR FJD HKD HUF ISK INR IDR ILS JPY KES KRW MYR MXN ' +
    'NTD NZD NGN NOK XPF PEN PHP PLN GBP RWF SAR SGD ZAR SEK CHF THB TRY AED UYU USD'
  ).split(' '),
)

const currency = z.object({
  default_currency_code: currencyCode,
  display_type: z.enum(['code', 'name', 'narrowSymbol', 'symbol']),
})

const config = z.object({
  currency: currency.optional(),
  record_reference: z.object({ allowed_objects: z.array(z.string()).min(1) }).optional(),
})

export const defaultValue = z
  .union([
    z.object({
      type: z.literal('dynamic'),
      template: z.string().regex(/^(current-user|P(?:\d+[YMWD])*(?:T.*)?)$/),
    }),
    z.object({ type: z.literal('static'), template: z.array(z.json()) }),
  ])
  .nullable()

const title = z.string().min(1)

export const newAttribute = z.object({
  data: z.strictObject({
    title,
    description: z.string().nullable(),
    api_slug: apiSlug,
    type: creatableType,
    is_required: z.boolean(),
    is_unique: z.boolean(),
    is_multiselect: z.boolean(),
    default_value: defaultValue.optional(),
    relationship: z
      .strictObject({
        object: z.string(),
        title,
        api_slug: apiSlug,
        is_multiselect: z.boolean(),
      })
      .nullable()
      .optional(),
    config,
  }),
})

export type NewAttribute = z.infer<typeof newAttribute>['data']

export const attributeChanges = z.object({
  data: z.strictObject({
    title: title.optional(),
    description: z.string().nullable().optional(),
    api_slug: apiSlug.optional(),
    is_required: z.boolean().optional(),
    is_unique: z.boolean().optional(),
    default_value: defaultValue.optional(),
    config: config.optional(),
    is_archived: z.boolean().optional(),
  }),
})
