// What the browser adds to pages that work without it.
export {}
