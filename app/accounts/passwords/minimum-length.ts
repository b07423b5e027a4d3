/** The minimum number of code points of a password (decision 0011). */
export const minimumPasswordLength = 15
