// The stored hash of an account without a password, which its person enters through the identity provider. No password
// matches it, and a reset link replaces it.

export const noPassword = 'none'
