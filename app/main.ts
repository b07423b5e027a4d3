import { x } from '@taskr/attio'
import { y } from '@taskr/attio/oauth'
console.log(x.href, y)
