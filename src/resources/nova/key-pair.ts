import { unlessGone } from '../../cloud/error.ts'
import { keystone } from '../../cloud/keystone/index.ts'
import { nova } from '../../cloud/nova/index.ts'
import { resource } from '../../plugin/index.ts'
import { boolean, string } from '../../schema/index.ts'
import { madeSince } from '../made-since.ts'

/** Under which note the private key is kept. */
const privateKey = 'private_key'

/** A key pair, by which one logs in to servers. */
export const KeyPair = resource('OS::Nova::KeyPair', {
  summary: 'A pair of keys by which one logs in to servers without a password.',
  since: '2014.1',
  uses: { nova },
  lives: nova.collection('keyPairs'),

  properties: {
    name: string('The name of the key pair. A user has it only once.', {
      required: true,
      length: { min: 1, max: 255 },
    }),
    save_private_key: boolean(
      'Whether to keep the private key that Nova makes, so that the private_key attribute can tell it.',
      { default: false, live: false },
    ),
    public_key: string('The public key of a pair there is. Left out, Nova makes a new pair.'),
    type: string('The kind of key: ssh or x509.', { since: '8.0.0', oneOf: ['ssh', 'x509'] }),
    user: string(
      'The name or ID of the user to own it, if not the owner of the stack. Administrators only.',
      {
        since: '9.0.0',
        finds: keystone.find.user,
        live: 'user_id',
      },
    ),
  },

  attributes: {
    public_key: string('The public key.'),
    private_key: string('The private key, if it was saved. Whoever may read the stack can read it.', {
      secret: true,
    }),
  },

  async verify({ nova, props }) {
    const missing = [
      props.type !== undefined && !(await nova.can('keyPairType')) && 'type',
      props.user !== undefined && !(await nova.can('keyPairUser')) && 'user',
    ].filter((name) => typeof name === 'string')
    if (missing.length === 0) return
    throw new Error(
      `Cannot use "${missing.join(', ')}" properties - nova does not support required api microversion.`,
    )
  },

  async create({ nova, props, notes }) {
    const { name, public_key, type, user } = props
    const made = await nova.keyPairs.create({
      name,
      ...(public_key && { public_key }),
      ...(type && { type }),
      ...(user && { user_id: user }),
    })
    if (props.save_private_key && made.private_key !== undefined) {
      await notes.set(privateKey, made.private_key, { secret: true })
    }
    return made
  },

  /** A name can be taken only once, so what bears it is what was made; but a private key that nobody has is worthless. */
  async find({ nova, props, notes, since }) {
    const found = await unlessGone(nova.keyPairs.get(props.name, props.user))
    if (found === undefined || !madeSince(found.created_at, since)) return undefined
    if (props.public_key) return found.public_key.trim() === props.public_key.trim() ? found : undefined
    if (!props.save_private_key || notes.get(privateKey) !== undefined) return found
    await unlessGone(nova.keyPairs.delete(props.name, props.user))
    return undefined
  },

  delete: ({ nova, id, props }) => unlessGone(nova.keyPairs.delete(id, props.user)),

  /** Nova deletes at once, and a key pair of another user can't be looked at without saying whose it is. */
  gone: () => true,

  /** The replacement may have the same name. */
  async beforeReplaced({ nova, id, props }) {
    await unlessGone(nova.keyPairs.delete(id, props.user))
  },

  compute: {
    public_key: async ({ nova, id, props }) =>
      props.public_key || (await nova.keyPairs.get(id, props.user)).public_key,
    private_key: ({ notes }) => notes.get(privateKey) ?? '',
  },
})
