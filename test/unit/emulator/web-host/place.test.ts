import { readPlace, urlOf } from '../../../../emulator/web-host/client/shell/place';

const at = (query: string) => readPlace(new URL(`/main.aspx?${query}`, 'http://127.0.0.1'));

test('reads the documented parameters, in whatever form ids come', () => {
  expect(at('appid=A0&pagetype=entityrecord&etn=Account&id=%7BABCD-1%7D')).toEqual({
    kind: 'record',
    app: 'a0',
    table: 'account',
    id: 'abcd-1',
    form: undefined,
  });
  expect(at('appname=my_App&pagetype=entitylist&etn=account&viewid=v')).toEqual({
    kind: 'list',
    app: 'my_App',
    table: 'account',
    view: 'v',
  });
});

test('a page that is not emulated is known by name, and no app is the home page', () => {
  expect(at('appid=a&pagetype=dashboard&etn=x')).toEqual({ kind: 'unknown', pageType: 'dashboard' });
  expect(at('')).toEqual({ kind: 'home' });
});

test.each([
  { kind: 'list', app: 'a', table: 'account', view: 'v' },
  { kind: 'record', app: 'a', table: 'account', id: 'i', form: 'f' },
  { kind: 'record', app: 'a', table: 'account', id: undefined, form: undefined },
  { kind: 'app', app: 'a' },
  { kind: 'search', app: 'a', text: 'a & b "c"' },
  { kind: 'home' },
] as const)('the address of $kind leads back to it', (place) => {
  expect(readPlace(new URL(urlOf(place), 'http://127.0.0.1'))).toEqual(place);
});
