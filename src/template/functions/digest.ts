import { spendCharacters } from '../evaluate.ts'
import { Refusal, templateFunction } from '../function.ts'
import { hash, hashNames } from '../hash/hash.ts'

/** The digest of a text, in hexadecimal. */
export const digest = templateFunction('digest', {
  summary: 'Gives the digest of a text.',
  example: 'digest: [sha512, { get_param: password }]',
  evaluate(args, run) {
    if (!Array.isArray(args) || !args.every((part) => typeof part === 'string')) {
      throw new Refusal('Argument to function "digest" must be a list of strings')
    }
    const [algorithm, text] = args as readonly string[]
    if (args.length !== 2 || algorithm === undefined || text === undefined) {
      throw new Refusal('Function "digest" usage: ["<algorithm>", "<value>"]')
    }
    // Long texts are slow to digest; they count for more than their length.
    spendCharacters(run, text.length * 8)
    const digested = hash(algorithm, latin1(text))
    if (digested === undefined) throw new Refusal(`Algorithm must be one of ${hashNames.join(', ')}`)
    return digested
  },
})

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0
    if (code > 255)
      throw new Refusal(
        `"digest" can't encode the character ${JSON.stringify(character)}, which is not in Latin-1`,
      )
    return code
  })
}
