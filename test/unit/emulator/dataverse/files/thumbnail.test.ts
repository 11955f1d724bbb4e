import { decode, encode } from 'jpeg-js';
import { PNG } from 'pngjs';
import { thumbnailOf } from '../../../../../emulator/dataverse/files/thumbnail.ts';

/** Left half black, right half white. */
function halves(width: number, height: number): PNG {
  const png = new PNG({ width, height });
  for (let at = 0; at < width * height; at++) png.data.fill(at % width < width / 2 ? 0 : 255, at * 4, at * 4 + 3);
  for (let at = 0; at < width * height; at++) png.data[at * 4 + 3] = 255;
  return png;
}

test.each([
  [300, 428, 144],
  [428, 300, 144],
  [91, 130, 91],
  [144, 200, 144],
  [200, 100, 144],
])('a PNG of %i x %i becomes a square of %i', (width, height, side) => {
  const square = PNG.sync.read(thumbnailOf(PNG.sync.write(halves(width, height)), 'image/png'));
  expect([square.width, square.height]).toEqual([side, side]);
  const middle = Math.floor(side / 2) * side * 4;
  expect([square.data[middle], square.data[middle + (side - 1) * 4]]).toEqual([0, 255]);
});

test('a JPEG becomes a square JPEG, cut from its middle', () => {
  const { data } = encode(halves(300, 200), 90);
  const square = decode(thumbnailOf(data, 'image/jpeg'));
  expect([square.width, square.height]).toEqual([144, 144]);
  expect(square.data[0]).toBeLessThan(30);
  expect(square.data[143 * 4]).toBeGreaterThan(225);
});

test('a small square stays as it is', () => {
  const image = PNG.sync.write(halves(90, 90));
  expect(thumbnailOf(image, 'image/png')).toBe(image);
});

test('an image of an unreasonable size is not unpacked', () => {
  const image = PNG.sync.write(halves(10, 10));
  image.writeUInt32BE(100_000, 16);
  image.writeUInt32BE(100_000, 20);
  expect(() => thumbnailOf(image, 'image/png')).toThrow('100000 x 100000');
});
