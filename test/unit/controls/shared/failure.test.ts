import { failureOf } from '../../../../controls/shared/failure.ts';

test.each([
  ['the code of a missing privilege', { errorCode: 0x80040220, message: 'x' }],
  ['the same code as clients with signed numbers give it', { errorCode: -2147220960, message: 'x' }],
  ['the same code as text', { code: '0x80040220', message: 'x' }],
  ['a text about a privilege', new Error('Principal user is missing prvReadmserp_CustCustomerV3Entity privilege')],
  [
    'the refusal of a user finance and operations does not know',
    { message: 'the call was rejected by Finance and Operations as not authorized.' },
  ],
])('%s is a lack of permission', (_case, error) => {
  expect(failureOf(error).kind).toBe('noPermission');
});

test.each([
  ['an object', { errorCode: 0x80040217, message: 'gone' }, 'gone'],
  ['an Error', new Error('broken'), 'broken'],
  ['a text', 'plain', 'plain'],
  ['nothing', undefined, ''],
  ['null', null, ''],
])('%s is a failure with its message', (_case, error, message) => {
  expect(failureOf(error)).toEqual({ kind: 'failed', message });
});
