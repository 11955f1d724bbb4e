import { readRefusal, speaksOfAddress } from '../../../../plugins-ts/shared/refusal.ts';

const partyMissing = "Party record not found for party type 'Organization'";
const business = `{"RecordError0":"Write failed for entity Customers V3 with unknown exception - ${partyMissing}"}`;

test.each([
  ['alone', business],
  ['inside another text', `An unexpected error occurred: ${business} See the log.`],
  ['escaped inside another JSON', JSON.stringify({ error: { message: business } })],
])('the words of finance and operations are taken out of a business error %s', (_place, message) => {
  expect(readRefusal(message)).toEqual({ kind: 'refused', words: partyMissing });
});

test('quotes, line breaks and backslashes inside the words come out as they were meant', () => {
  const words = 'The value "Ä\\B" in field\n\'State\' is wrong.';
  const message = JSON.stringify({
    RecordError0: `Write failed for entity Customers V3 with unknown exception - ${words}`,
  });
  expect(readRefusal(message)).toEqual({ kind: 'refused', words });
});

test('several record errors are shown one after another, equal ones once', () => {
  const error = (words: string) => `Write failed for entity Customers V3 with unknown exception - ${words}`;
  const message = JSON.stringify({
    RecordError0: error('One.'),
    RecordError1: error('Two.'),
    RecordError2: error('One.'),
  });
  expect(readRefusal(message)).toEqual({ kind: 'refused', words: 'One. Two.' });
});

test('the words after "failed with error message" are taken, without what the plug-in puts before them', () => {
  const message =
    'Unable to write data to entity msdyn_partypostaladdresses.Writes to DirPartyPostalAddressLocationCDSEntity failed with error message ' +
    'Request failed with status code BadRequest and CDS error code : 0x80040265 response message: An error occurred in plugin. ' +
    'A record that has the attribute values Location ID already exists.';
  expect(readRefusal(message)).toEqual({
    kind: 'refused',
    words: 'A record that has the attribute values Location ID already exists.',
  });
});

test('an infolog loses its label', () => {
  const message = JSON.stringify({
    RecordError0:
      "Write failed for entity Customers V3 with unknown exception - Write failed for table row of type 'CustCustomerV3Entity'. Infolog: Error: The ZIP is wrong.",
  });
  expect(readRefusal(message)).toEqual({ kind: 'refused', words: 'The ZIP is wrong.' });
});

test('a transport error is told apart from a refusal', () => {
  const message =
    'An unexpected error occurred from ISV code. (ErrorType = ClientError) Unexpected exception from plug-in (Execute): ' +
    'Microsoft.Dynamics.Integrator.DualWriteRuntime.Plugins.PostCommitPlugin: System.Exception: failed to process entity account - (Unable to connect to the remote server)';
  expect(readRefusal(message)).toEqual({ kind: 'unreachable' });
});

test('any other message stays as it is', () => {
  expect(readRefusal(' You do not have permission. ')).toEqual({ kind: 'other', words: 'You do not have permission.' });
  expect(readRefusal('')).toEqual({ kind: 'other', words: '' });
  expect(readRefusal('{"RecordError0":')).toEqual({ kind: 'other', words: '{"RecordError0":' });
});

test.each([
  ['Address of customer US-005 cannot be changed because it is closed for editing.', true],
  ["The value 'XX' in field 'Country/region' is not found in the related table 'Countries/regions'.", true],
  ['Die Postleitzahl 1234 ist ungültig.', true],
  ['Das Land XX ist nicht vorhanden.', true],
  [partyMissing, false],
  ["The value 'X' in field 'Customer group' is not found in the related table 'Customer groups'.", false],
  ['Credit limit must not be negative.', false],
])('whether it speaks of an address: %s', (words, expected) => {
  expect(speaksOfAddress(words)).toBe(expected);
});
