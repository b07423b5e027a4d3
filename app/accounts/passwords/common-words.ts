// Words most common in passwords, from the top of published lists of leaked ones, and the words of this product
// (ASVS 6.1.2). Disguises such as p@ssw0rd are undone before the comparison.

export const commonWords: readonly string[] = `
taskr attio crm workspace
password passwort passwd passphrase passe secret geheim login signin signup logon access account admin
administrator root user guest master test testing default changeme changeit change letmein welcome willkommen
bienvenue hello hallo bonjour computer internet website server system google facebook linkedin twitter
microsoft windows apple iphone android samsung github gmail yahoo hotmail outlook office company business
sales pipeline customer
please security secure forever always never again nothing everything something anything someone whatever
iloveyou loveyou love lovely babygirl baby princess angel sweetheart sweet honey darling sunshine summer
winter spring autumn monday tuesday wednesday thursday friday saturday sunday january february march april
june july august september october november december
dragon monkey football baseball basketball soccer hockey liverpool arsenal chelsea barcelona madrid juventus
superman batman spiderman pokemon naruto starwars matrix shadow hunter ranger killer ninja samurai
michael jennifer jessica jordan daniel andrew charlie thomas robert joshua matthew george ashley nicole
hannah michelle amanda maggie ginger pepper buster tigger cookie cheese chocolate banana orange flower
butterfly purple yellow silver golden diamond freedom trustno trust mustang ferrari porsche mercedes
corvette harley yamaha
america london paris berlin jesus christ church blessed heaven
correcthorsebatterystaple correct horse battery staple thequickbrownfox quick brown jumps over lazy
tobeornottobe maytheforcebewithyou opensesame loremipsum lorem ipsum dolor
one two three four five six seven eight nine zero
the and you for with this that are not your from have who what
`
  .trim()
  .split(/\s+/)
