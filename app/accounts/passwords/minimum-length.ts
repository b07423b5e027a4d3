/** How many code points a password has at least: decision 0011. */
export const minimumPasswordLength = 15
