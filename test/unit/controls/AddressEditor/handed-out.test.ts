import { HandedOut } from '../../../../controls/AddressEditor/handed-out.ts';
import { addressesFrom, withField } from '../../../../controls/AddressEditor/model.ts';

const empty = addressesFrom(() => '');
const withCity = (city: string) => withField(empty, 'shipping', 'city', city);

function handedOut(city: string): HandedOut {
  const handed = new HandedOut();
  expect(handed.add(empty, withCity(city))).toBe(true);
  return handed;
}

test('a value stays while the host still draws the one before it', () => {
  const taken = handedOut('Tacoma').takeIn(withCity('Tacoma'), empty, empty);
  expect(taken).toEqual({ values: withCity('Tacoma'), arrival: 'same' });
});

test('a value that arrives is an echo, and the same again is nothing new', () => {
  const handed = handedOut('Tacoma');
  expect(handed.takeIn(withCity('Tacoma'), empty, withCity('Tacoma')).arrival).toBe('echo');
  expect(handed.takeIn(withCity('Tacoma'), withCity('Tacoma'), withCity('Tacoma')).arrival).toBe('same');
});

test('another value of the host wins over one that is on its way', () => {
  const taken = handedOut('Tacoma').takeIn(withCity('Tacoma'), empty, withCity('Olympia'));
  expect(taken).toEqual({ values: withCity('Olympia'), arrival: 'changed' });
});

test('a value the host takes back after it had arrived is a change', () => {
  const handed = handedOut('Tacoma');
  handed.takeIn(withCity('Tacoma'), empty, withCity('Tacoma'));
  expect(handed.takeIn(withCity('Tacoma'), withCity('Tacoma'), empty)).toEqual({ values: empty, arrival: 'changed' });
});

test('only columns that were ever handed out are put out; an empty one as no value', () => {
  const handed = handedOut('Tacoma');
  expect(handed.outputs(withCity('Tacoma'))).toEqual({ shippingCity: 'Tacoma' });
  expect(handed.outputs(empty)).toEqual({ shippingCity: null });
  handed.forget();
  expect(handed.outputs(empty)).toEqual({});
});

test('handing out what is there already is nothing', () => {
  expect(new HandedOut().add(empty, empty)).toBe(false);
});
