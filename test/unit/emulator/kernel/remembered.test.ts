import { remembered } from '../../../../emulator/kernel/index.ts';

const counting = (most?: number) => {
  const asked: string[] = [];
  const length = remembered((text) => {
    asked.push(text);
    if (text === 'refused') throw new Error('No.');
    return { length: text.length };
  }, most);
  return { asked, length };
};

test('what a text means is found out once', () => {
  const { asked, length } = counting();
  expect(length('four')).toBe(length('four'));
  expect(length('').length).toBe(0);
  expect(asked).toEqual(['four', '']);
});

test('a refusal is not remembered', () => {
  const { asked, length } = counting();
  expect(() => length('refused')).toThrow('No.');
  expect(() => length('refused')).toThrow('No.');
  expect(asked).toHaveLength(2);
});

test('it begins anew when it knows as many texts as it may, and keeps no long ones', () => {
  const { asked, length } = counting(2);
  for (const text of ['a', 'b', 'c', 'c', 'a']) length(text);
  expect(asked).toEqual(['a', 'b', 'c', 'a']);
  const long = 'x'.repeat(5000);
  expect(length(long)).not.toBe(length(long));
});
