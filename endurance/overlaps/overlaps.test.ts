import { defineOverlapTests } from './overlap-tests.ts'

// Each overlap takes a new account, which costs a server most.
defineOverlapTests((change) => change.isTelling === true)
