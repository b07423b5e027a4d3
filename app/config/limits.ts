// How many attempts Taskr allows, and whose are not counted.
import { z } from 'zod'
import { isNetwork, type LimitSettings } from '../accounts/accounts.ts'
import { numberFrom, splitList } from './value-kinds.ts'

const limit = numberFrom(1, 999_999)

export const limitVariables = {
  TASKR_LIMIT_EXEMPT: z
    .string()
    .default('')
    .transform(splitList)
    .refine(
      (networks) => networks.every(isNetwork),
      'must be addresses or ranges, with commas between: 203.0.113.0/24, 2001:db8::/48',
    ),
  TASKR_SIGN_UPS_PER_HOUR: limit.optional(),
  TASKR_LOG_INS_PER_MINUTE: limit.optional(),
}

export function toLimitSettings(given: z.output<z.ZodObject<typeof limitVariables>>): {
  readonly limits: LimitSettings
} {
  const signUpsPerHourAndAddress = given.TASKR_SIGN_UPS_PER_HOUR
  const passwordsPerMinuteAndAddress = given.TASKR_LOG_INS_PER_MINUTE
  return {
    limits: {
      exemptNetworks: given.TASKR_LIMIT_EXEMPT,
      rules: {
        ...(signUpsPerHourAndAddress && { signUpsPerHourAndAddress }),
        ...(passwordsPerMinuteAndAddress && { passwordsPerMinuteAndAddress }),
      },
    },
  }
}
