import assert from 'node:assert/strict'
import { test } from 'node:test'
import { functionHistories } from '../../../src/template/index.ts'

const history = (name: string) => functionHistories().find((one) => one.name === name)
const dates = (versions: readonly { readonly name: string }[] = []) => versions.map(({ name }) => name)

test('a function that changed has one form after another', () => {
  const forms = history('get_attr')?.forms ?? []
  assert.deepEqual(
    forms.map(({ versions }) => versions[0]?.name),
    ['2013-05-23', '2014-10-16', '2015-10-15'],
  )
  assert.deepEqual(dates(forms[1]?.versions), ['2014-10-16', '2015-04-30'])
})

test('it is known where a function may be called', () => {
  const [param] = history('get_param')?.forms ?? []
  assert.equal(dates(param?.forValues)[0], '2013-05-23')
  assert.equal(dates(param?.forConditions)[0], '2016-10-14')
  const [equals] = history('equals')?.forms ?? []
  assert.deepEqual(equals?.forValues, [])
  assert.equal(dates(equals?.versions)[0], '2016-10-14')
})

test('a function in both kinds of place is in its versions once', () => {
  const [contains] = history('contains')?.forms ?? []
  assert.deepEqual(dates(contains?.versions), ['2017-09-01', '2018-03-02', '2018-08-31', '2021-04-16'])
})
