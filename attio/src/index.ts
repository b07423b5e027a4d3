// A typed client for Attio's REST API.
export const x = new URL('http://localhost')
