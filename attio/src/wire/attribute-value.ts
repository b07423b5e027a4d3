// One value of one attribute of a record. An unreadable value never hides the rest of the record.
import { z } from 'zod'
import { type Actor, actorSchema } from './actor.ts'
import { anyObject, type AnyObject } from './any-object.ts'
import { instantSchema } from './instants.ts'
import { type KnownValue, type KnownValueType, knownValueSchemas } from './known-value.ts'

/** Switch on `attributeType`. */
export type AttributeValue = ValuePeriod & (KnownValue | OtherValue)

export interface ValuePeriod {
  /** Milliseconds since 1970; null when Attio gives no time. */
  readonly activeFrom: number | null
  /** Null while this value is current. */
  readonly activeUntil: number | null
  readonly createdBy: Actor | null
}

/** A value of an unknown type, or one that does not have its type's documented form. */
export interface OtherValue {
  readonly attributeType: 'other'
  /** Attio's `attribute_type`. */
  readonly originalType: string
  /** All members that Attio sent, under Attio's names. */
  readonly members: Readonly<Record<string, unknown>>
}

const typeAndPeriodSchema = z.object({
  attribute_type: z.string(),
  active_from: instantSchema.nullable().catch(null),
  active_until: instantSchema.nullable().catch(null),
  created_by_actor: actorSchema.catch(null),
})

export const attributeValueSchema: z.ZodType<AttributeValue> = anyObject.transform(
  (wire, context): AttributeValue => {
    const { data } = typeAndPeriodSchema.safeParse(wire)
    if (data === undefined) {
      context.addIssue({ code: 'custom', path: ['attribute_type'], message: 'expected string' })
      return z.NEVER
    }
    return {
      activeFrom: data.active_from,
      activeUntil: data.active_until,
      createdBy: data.created_by_actor,
      ...readValue(data.attribute_type, wire),
    }
  },
)

function readValue(type: string, wire: AnyObject): KnownValue | OtherValue {
  if (isKnownType(type)) {
    const known = knownValueSchemas[type].safeParse(wire)
    if (known.success) return known.data
  }
  return { attributeType: 'other', originalType: type, members: wire }
}

function isKnownType(type: string): type is KnownValueType {
  return Object.hasOwn(knownValueSchemas, type)
}
