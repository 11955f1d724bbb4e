/** Kinds of images the platform takes, by the bytes they begin with. */
const kinds: readonly (readonly [mimeType: string, extension: string, begins: readonly string[]])[] = [
  ['image/png', 'png', ['89504e470d0a1a0a']],
  ['image/jpeg', 'jpg', ['ffd8ff']],
  ['image/gif', 'gif', ['474946383761', '474946383961']],
  ['image/bmp', 'bmp', ['424d']],
  ['image/tiff', 'tif', ['49492a00', '4d4d002a']],
];

/** @returns undefined for what is no such image */
export function imageTypeOf(content: Buffer): { readonly mimeType: string; readonly extension: string } | undefined {
  const head = content.subarray(0, 8).toString('hex');
  const kind = kinds.find(([, , begins]) => begins.some((one) => head.startsWith(one)));
  return kind === undefined ? undefined : { mimeType: kind[0], extension: kind[1] };
}
