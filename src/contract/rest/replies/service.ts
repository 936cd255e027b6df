import { listOf, named, nothing, orNull, record, type Told, text, whole, word } from '../../reply.ts'
import { id, link } from './common.ts'

export const versions = named(
  'Versions',
  'The versions of the API.',
  record({
    versions: listOf(
      'There is one.',
      record({
        id: text('Its name.', 'v1.0'),
        status: text('How far it may be relied on.', 'CURRENT'),
        links: listOf('Where it is.', link),
      }),
    ),
  }),
)

export type VersionsReply = Told<typeof versions>

const revision = text('The version of the program.', '0.1.0')

export const buildInfo = named(
  'BuildInfo',
  'Which revisions are running.',
  record({ api: record({ revision }), engine: record({ revision }) }),
)

export type BuildInfoReply = Told<typeof buildInfo>

const micros = (description: string) =>
  text(description, '2026-01-31T09:30:00.000000', {
    pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}$',
  })

export const services = named(
  'Services',
  'The engines of a site.',
  record({
    services: listOf(
      'One for each that is known.',
      record({
        id: id('The ID of the engine.'),
        engine_id: id('The same.'),
        binary: text('What the original calls the program.', 'heat-engine'),
        host: text('The host that it runs on.', 'controller-1'),
        hostname: text('The same.', 'controller-1'),
        topic: text('Under which topic of the message bus it answers.', 'engine'),
        report_interval: whole('How often it says that it is there, in seconds.', 60),
        created_at: micros('When it began.'),
        updated_at: orNull(micros('When it was last heard of.')),
        deleted_at: nothing,
        status: word('Whether it is alive.', ['up', 'down']),
      }),
    ),
  }),
)

export type ServicesReply = Told<typeof services>
