// The limits of decision 0013, as numbers.

export type LimitRules = {
  readonly signUpsPerHourAndAddress: number
  /** Wrong ones: a right password does not count. Ten times as many attempts of any kind. */
  readonly passwordsPerMinuteAndAddress: number
  /** By clients that are not known, all together. */
  readonly passwordsPerMinute: number
  /** What an unknown network may still try when all together are over their limit. */
  readonly sharePerMinuteAndNetwork: number
  readonly exportsPerHourAndAccount: number
  /** Wrong passwords for one account before waits begin. */
  readonly failuresBeforeWaiting: number
  readonly firstWaitSeconds: number
  readonly longestWaitSeconds: number
}

export const limitRules: LimitRules = {
  signUpsPerHourAndAddress: 60,
  passwordsPerMinuteAndAddress: 30,
  passwordsPerMinute: 300,
  sharePerMinuteAndNetwork: 3,
  exportsPerHourAndAccount: 20,
  failuresBeforeWaiting: 5,
  firstWaitSeconds: 60,
  longestWaitSeconds: 15 * 60,
}

/** How many times as much a /64, a /56 and a /48 may do. */
export const timesPerNetwork = [1, 2, 4] as const
