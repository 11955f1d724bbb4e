import { piecesOf } from '../../../../emulator/web-host/client/web-api/global-search';

test.each([
  ['Contoso', ['Contoso']],
  ['{crmhit}Contoso{/crmhit} House', ['[Contoso]', ' House']],
  ['a {crmhit}b{/crmhit}{crmhit}c{/crmhit}\nd', ['a ', '[b]', '[c]', '\nd']],
  ['<b>{crmhit}x{/crmhit}</b>', ['<b>', '[x]', '</b>']],
  ['', []],
])('%j', (text, pieces) => {
  expect(piecesOf(text).map((one) => (one.isMarked ? `[${one.text}]` : one.text))).toEqual(pieces);
});
