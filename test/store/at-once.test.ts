import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { atOnce } from '../../src/store/at-once.ts'
import { onBothDatabases } from './databases.ts'

onBothDatabases(({ shared }) => {
  const remember = (name: string) => sql`insert into meta (name) values (${name})`
  const names = () => sql<{ readonly name: string }>`select name from meta where name like 'at once%' order by name`

  test('what is asked at once is done in its order, each after the one before', async () => {
    const [, one, , two] = await shared().transaction((tx) => {
      return atOnce(tx, (ask) => {
        return Promise.all([ask(remember('at once 1')), ask(names()), ask(remember('at once 2')), ask(names())])
      })
    })
    expect([one, two]).toEqual([[{ name: 'at once 1' }], [{ name: 'at once 1' }, { name: 'at once 2' }]])
    await sql`delete from meta where name like 'at once%'`.execute(shared().kysely)
  })

  test('nothing is left of a transaction in which one of them failed, nor where it was the first', async () => {
    const both = (first: string, second: string) => {
      return shared().transaction((tx) => {
        return atOnce(tx, (ask) => Promise.all([ask(sql.raw(first)), ask(sql.raw(second)), ask(remember('at once 3'))]))
      })
    }
    await expect(both("insert into meta (name) values ('at once 4')", 'select 1 / 0')).rejects.toThrow('division')
    await expect(both('select 1 / 0', "insert into meta (name) values ('at once 5')")).rejects.toThrow('division')
    expect((await names().execute(shared().kysely)).rows).toEqual([])
  })
})
