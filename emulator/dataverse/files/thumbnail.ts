import { decode, encode } from 'jpeg-js';
import { PNG } from 'pngjs';

/** Both sides of a thumbnail, in pixels. */
export const thumbnailSide = 144;

/** Images with more pixels are not taken: what a small file unpacks to has no limit of its own. */
const mostPixels = 50_000_000;

interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, opacity of each pixel, line by line. */
  readonly data: Buffer;
}

/**
 * The square an image is shown as in lists: cut out of its middle, 144 pixels wide or as wide as its smaller side.
 *
 * Differs: the thumbnail of a GIF, TIFF or BMP is the image as it was sent.
 *
 * @throws Error for an image that cannot be read
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/image-column-data#resize-rules-for-thumbnail-sized-images
 */
export function thumbnailOf(image: Buffer, mimeType: string): Buffer {
  if (mimeType === 'image/png') {
    requireFew(image.readUInt32BE(16), image.readUInt32BE(20));
    const pixels = PNG.sync.read(image);
    const square = squareOf(pixels);
    if (isSame(square, pixels)) return image;
    const png = new PNG({ width: square.width, height: square.height });
    png.data = square.data;
    return PNG.sync.write(png);
  }
  if (mimeType === 'image/jpeg') {
    const pixels = decode(image, { maxResolutionInMP: mostPixels / 1_000_000, useTArray: true });
    const square = squareOf({ ...pixels, data: Buffer.from(pixels.data) });
    return isSame(square, pixels) ? image : encode(square, 85).data;
  }
  return image;
}

function requireFew(width: number, height: number): void {
  if (width * height > mostPixels) throw new Error(`The image has ${width} x ${height} pixels.`);
}

const isSame = (one: Omit<Pixels, 'data'>, other: Omit<Pixels, 'data'>) =>
  one.width === other.width && one.height === other.height;

/** The middle of the image, brought to the side of a thumbnail: each pixel is the mean of those it stands for. */
function squareOf({ width, height, data }: Pixels): Pixels {
  const cut = Math.min(width, height);
  const side = Math.max(width, height) > thumbnailSide ? thumbnailSide : cut;
  const [left, top] = [Math.floor((width - cut) / 2), Math.floor((height - cut) / 2)];
  const square = Buffer.alloc(side * side * 4);
  const edge = (at: number) => Math.floor((at * cut) / side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const [x1, y1] = [left + edge(x), top + edge(y)];
      const [x2, y2] = [Math.max(x1 + 1, left + edge(x + 1)), Math.max(y1 + 1, top + edge(y + 1))];
      const sum = [0, 0, 0, 0];
      for (let row = y1; row < y2; row++)
        for (let column = x1; column < x2; column++)
          for (let channel = 0; channel < 4; channel++) sum[channel]! += data[(row * width + column) * 4 + channel]!;
      const count = (x2 - x1) * (y2 - y1);
      for (let channel = 0; channel < 4; channel++)
        square[(y * side + x) * 4 + channel] = Math.round(sum[channel]! / count);
    }
  }
  return { width: side, height: side, data: square };
}
