import { after, before, describe } from 'node:test'
import { type DatabaseService, installed, startMariadb, startPostgres } from '../../../tools/services.ts'
import { describeStore } from '../../store/suite.ts'

const servers = [
  { name: 'PostgreSQL', there: installed.postgres(), start: startPostgres },
  { name: 'MariaDB', there: installed.mariadb(), start: startMariadb },
]

for (const { name, there, start } of servers) {
  describe(`a store in ${name}`, { skip: !there && `${name} is not installed: node tools/services.ts install` }, () => {
    let service: DatabaseService
    before(async () => {
      service = await start()
    })
    after(() => service.stop())

    describeStore({
      name,
      empty: () => service.create(),
      bytes: async (connection) => service.dump(connection),
    })
  })
}
