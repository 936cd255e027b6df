import assert from 'node:assert/strict'
import { it } from 'node:test'
import { parseIni } from '../../src/base/config-ini.ts'

const pairs = (text: string) =>
  parseIni(text, 'f').assignments.map(({ section, name, value }) => [section, name, value])

it('reads sections, both signs of assignment, comments and quotes', () => {
  const text = '\uFEFFa = 1\r\n# b = 2\n; c = 3\n[ s p ]\nd: http://x=y\ne = "it\'s"\nf = "\ng =\nh = a # b\n'
  assert.deepEqual(pairs(text), [
    ['DEFAULT', 'a', '1'],
    ['s p', 'd', 'http://x=y'],
    ['s p', 'e', "it's"],
    ['s p', 'f', '"'],
    ['s p', 'g', ''],
    ['s p', 'h', 'a # b'],
  ])
})

it('knows the line of every value', () => {
  const { assignments } = parseIni('\n[s]\na = 1\n\n  \nb = 2\n  more\n', '/etc/x.conf')
  assert.deepEqual(
    assignments.map(({ place, value }) => [place, value]),
    [
      ['/etc/x.conf:3', '1'],
      ['/etc/x.conf:6', '2\nmore'],
    ],
  )
})

it('names each line that it can not read, and reads the others', () => {
  const { assignments, problems } = parseIni('  x\n[]\n[open\na = 1\n= 2\nword', 'f')
  assert.equal(assignments.length, 1)
  assert.deepEqual(problems, [
    'f:1: the line begins with a space, but continues no value',
    'f:2: "[]" is neither [section] nor name = value',
    'f:3: "[open" is neither [section] nor name = value',
    'f:5: "= 2" is neither [section] nor name = value',
    'f:6: "word" is neither [section] nor name = value',
  ])
})
