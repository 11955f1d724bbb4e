import { aPlatform, type TestPlatform } from '../../../support/a-platform.ts';

// finance-operations reference, "Errors" (entity-modeling): "the language of the error message is based on the language that is
// specified on the UserInfo record in Finance and Operations".
let there: TestPlatform;
const german = 'manager@fnoconnect.example';
const english = 'sales@fnoconnect.example';

beforeAll(async () => {
  there = await aPlatform();
  for (const [email, language] of [
    [german, 'de'],
    [english, 'en-us'],
  ])
    await there.platform.financeOperations.command('add-user', {
      ...{ email, language, defaultCompany: 'usmf', companies: ['usmf', 'demf'] },
    });
}, 180_000);
afterAll(() => there.close());

const refusals = [
  [
    'a customer of a group there is not',
    () => customer({ mserp_customergroupid: 'XX' }),
    "Der Wert 'XX' im Feld 'Debitorengruppe' wurde in der zugehörigen Tabelle 'Debitorengruppen' nicht gefunden.",
    "The value 'XX' in field 'Customer group' is not found in the related table 'Customer groups'.",
  ],
  [
    'a customer without a currency',
    () => customer({ mserp_salescurrencycode: '' }),
    "Das Feld 'Währung' muss ausgefüllt werden.",
    "Field 'Currency' must be filled in.",
  ],
] as const;
const customer = (values: object) => ({
  ...{
    mserp_dataareaid: 'usmf',
    mserp_customeraccount: 'L-1',
    mserp_organizationname: 'L',
    mserp_salescurrencycode: 'USD',
  },
  mserp_customergroupid: '10',
  ...values,
});

describe.each(refusals)('%s', (_what, body, inGerman, inEnglish) => {
  it.each([
    [german, inGerman],
    [english, inEnglish],
  ])('is refused to %s with the last message of the infolog in the language of that user', async (as, message) => {
    const answer = await there.dataverse('POST', 'mserp_custcustomerv3entities', { as, body: body() });
    expect([answer.status, answer.body.error]).toEqual([400, expect.objectContaining({ code: '0x80040265', message })]);
  });
});

it('is so over OData, in a batch and out of it', async () => {
  const body = { dataAreaId: 'usmf', CustomerGroupId: '' };
  const message = "Das Feld 'CustomerGroupId' muss ausgefüllt werden.";
  const alone = await there.financeOperations('POST', 'CustomerGroups', { as: german, body });
  expect(alone.body.error.innererror.message).toContain(`Infolog: Error: ${message}`);
  const batch = [
    '--b',
    'Content-Type: multipart/mixed; boundary=c',
    '',
    '--c',
    'Content-Type: application/http',
    'Content-Transfer-Encoding: binary',
    'Content-ID: 1',
    '',
    'POST CustomerGroups HTTP/1.1',
    'Content-Type: application/json',
    '',
    JSON.stringify(body),
    '--c--',
    '--b--',
    '',
  ].join('\r\n');
  const answer = await there.financeOperations('POST', '$batch', {
    ...{ as: german, body: batch, headers: { 'Content-Type': 'multipart/mixed; boundary=b' } },
  });
  expect(String(answer.body)).toContain(message);
});

it('has a language for each user, English unless told otherwise', async () => {
  const body = { dataAreaId: 'usmf', CustomerGroupId: '' };
  const { status, body: told } = await there.financeOperations('POST', 'CustomerGroups', { body });
  expect([status, told.error.innererror.message]).toEqual([400, expect.stringContaining('must be filled in.')]);
  await expect(
    there.platform.financeOperations.command('add-user', {
      ...{ email: german, defaultCompany: 'usmf', companies: ['usmf'], language: 'fr' },
    }),
  ).rejects.toThrow('language');
});
