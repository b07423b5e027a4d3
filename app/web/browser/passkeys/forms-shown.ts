// The event that the two scripts share.

/** Dispatched on the document when forms for passkeys were morphed in. */
export const passkeyFormsShown = 'taskr:passkey-forms-shown'
