import assert from 'node:assert/strict'
import { test } from 'node:test'
import { faultOf, malformed, refusal } from '../../src/api/faults.ts'
import { Problem } from '../../src/base/problem.ts'
import { ActionInProgress, StackNotFound, ValidationFailed } from '../../src/contract/problems.ts'

test('a problem has the body that clients of Heat know', () => {
  assert.deepEqual(faultOf(StackNotFound({ stack: 'x' })), {
    code: 404,
    title: 'Not Found',
    explanation: 'The resource could not be found.',
    error: { type: 'EntityNotFound', message: 'The Stack (x) could not be found.', traceback: null },
  })
  assert.equal(faultOf(ActionInProgress({ stack: 'x', action: 'CREATE' })).code, 409)
})

test('what nobody expected says nothing of itself', () => {
  const fault = faultOf(new TypeError('secret at /etc'))
  assert.deepEqual(fault, {
    code: 500,
    title: 'Internal Server Error',
    explanation: 'The server has either erred or is incapable of performing the requested operation.',
    error: { type: 'TypeError', traceback: null },
  })
  assert.equal(faultOf('thrown text').error.type, 'InternalError')
})

test('an error of another library is not mistaken for a refusal by its status', () => {
  assert.equal(faultOf(Object.assign(new Error('x'), { statusCode: 404, code: 'NOPE' })).code, 500)
})

test('the framework may blame the caller', () => {
  const error = Object.assign(new Error('bad'), { statusCode: 415, code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE' })
  assert.equal(faultOf(error).code, 400)
})

test("a refused template goes by its first problem's name and tells all problems with their places", () => {
  const problems = [
    {
      code: 'UnknownProperty',
      message: 'a',
      path: ['resources', 'x'],
      line: 3,
      column: 5,
      endLine: 3,
      endColumn: 12,
      expected: 'a string',
      version: '2016-10-14',
      hint: 'Rename it.',
      meant: 'flavor',
      part: [1],
      extra: 1,
    },
    { code: 'WrongType', message: 'b', path: [] },
  ]
  const error = ValidationFailed({
    message: 'two things',
    problems,
    type: 'InvalidTemplateReference',
  } as never)
  assert.deepEqual(faultOf(error).error, {
    type: 'InvalidTemplateReference',
    message: 'two things',
    traceback: null,
    problems: [
      {
        code: 'UnknownProperty',
        message: 'a',
        path: ['resources', 'x'],
        line: 3,
        column: 5,
        endLine: 3,
        endColumn: 12,
        expected: 'a string',
        version: '2016-10-14',
        hint: 'Rename it.',
        meant: 'flavor',
      },
      { code: 'WrongType', message: 'b', path: [] },
    ],
  })
})

test('details that only look like problems are left out', () => {
  const error = new Problem('Odd', 'odd', { status: 400, details: { problems: ['text', null], type: 'X' } })
  assert.deepEqual(faultOf(error).error, { type: 'Odd', message: 'odd', traceback: null })
})

test('refusals by status alone have the names of old', () => {
  assert.equal(faultOf(refusal(403)).error.type, 'HTTPForbidden')
  assert.equal(faultOf(refusal(404)).error.type, 'HTTPNotFound')
  assert.equal(faultOf(refusal(405)).error.type, 'HTTPMethodNotAllowed')
  assert.match(faultOf(malformed()).error.message ?? '', /malformed or otherwise incorrect/)
})

test('a status without words of its own still has a body', () => {
  assert.equal(faultOf(new Problem('Odd', 'odd', { status: 418 })).title, 'Error')
})

test('the message of a refused template has the colons of Heat, its problems have not', () => {
  const problems = [
    'Property error: resources.a.properties: Unknown Property b',
    'outputs.o: That is none',
  ].map((message) => ({ code: 'UnknownProperty', message, path: [] }))
  const message = problems.map((one) => one.message).join('\n')
  const { error } = faultOf(ValidationFailed({ message, problems }))
  assert.equal(
    error.message,
    'Property error: : resources.a.properties: : Unknown Property b\noutputs.o: : That is none',
  )
  assert.deepEqual(error.problems, problems)
  const looking = new Problem('HTTPBadRequest', message, { status: 400, details: { problems } })
  assert.equal(faultOf(looking).error.message, message)
})
