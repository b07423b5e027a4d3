// The limits of decision 0013, as numbers.

export type LimitRules = {
  readonly signUpsPerHourAndAddress: number
  /** Wrong passwords. Ten times as many attempts of any kind are allowed. */
  readonly passwordsPerMinuteAndAddress: number
  /** Attempts by all unknown clients combined. */
  readonly passwordsPerMinute: number
  /** Attempts still allowed to each unknown network when all clients combined are over their limit. */
  readonly sharePerMinuteAndNetwork: number
  readonly exportsPerHourAndAccount: number
  /** Requests for a reset link. Ten times as many mailed links may be opened. */
  readonly resetsPerHourAndAddress: number
  /** Mails of one kind to one email address, or about one account. */
  readonly mailsPerHour: number
  /** Wrong passwords for one account before the waits begin. */
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
  resetsPerHourAndAddress: 20,
  mailsPerHour: 5,
  failuresBeforeWaiting: 5,
  firstWaitSeconds: 60,
  longestWaitSeconds: 15 * 60,
}

/** The limits of a /64, a /56 and a /48, as multiples of an address's limit. */
export const timesPerNetwork = [1, 2, 4] as const
