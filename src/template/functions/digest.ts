import { Refusal, templateFunction } from '../function.ts'
import { hash, hashNames } from '../hash/hash.ts'
import { spendSteps } from '../spend.ts'

/** The digest of a text, in hexadecimal. */
export const digest = templateFunction('digest', {
  summary: 'Gives the digest of a text.',
  usage: 'digest: [ALGORITHM, TEXT]',
  arguments: [
    {
      name: 'ALGORITHM',
      kind: 'text',
      meaning: `One of ${hashNames.map((name) => `\`${name}\``).join(', ')}.`,
    },
    { name: 'TEXT', kind: 'text', meaning: 'What the digest is of.' },
  ],
  examples: [
    {
      call: 'digest: [sha256, { get_param: password }]',
      where: { parameters: { password: 'secret' } },
      gives: '2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b',
    },
    { shows: 'md5 still works', call: 'digest: [md5, ""]', gives: 'd41d8cd98f00b204e9800998ecf8427e' },
    {
      shows: 'Both must be texts',
      call: 'digest: [sha256, 12345]',
      refuses: 'Argument to function "digest" must be a list of strings',
    },
    {
      shows: 'Only the characters of Latin-1',
      call: 'digest: [sha256, Žofie]',
      refuses: `"digest" can't encode the character "Ž", which is not in Latin-1`,
    },
  ],
  notes: [
    'The digest is in hexadecimal, in small letters. Each character of the text counts as its byte in Latin-1, not in UTF-8.',
    'A digest without salt hides a password badly: whoever sees it can try words. Templates use it to notice that something changed.',
  ],
  evaluate(args, run) {
    if (!Array.isArray(args) || !args.every((part) => typeof part === 'string')) {
      throw new Refusal('Argument to function "digest" must be a list of strings')
    }
    const [algorithm, text] = args as readonly string[]
    if (args.length !== 2 || algorithm === undefined || text === undefined) {
      throw new Refusal('Function "digest" usage: ["<algorithm>", "<value>"]')
    }
    spendSteps(run, text.length * stepsOfByte)
    const digested = hash(algorithm, latin1(text))
    if (digested === undefined) throw new Refusal(`Algorithm must be one of ${hashNames.join(', ')}`)
    return digested
  },
})

/** The slower algorithms take about two microseconds for a byte. */
const stepsOfByte = 4

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
