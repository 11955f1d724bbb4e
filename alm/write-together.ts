import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Writes all of the files or none: each under another name first, so that nobody sees half of one. */
export function writeTogether(files: readonly { readonly file: string; readonly content: Buffer }[]): void {
  const part = (file: string) => `${file}.${process.pid}.part`;
  try {
    for (const { file, content } of files) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(part(file), content);
    }
    for (const { file } of files) renameSync(part(file), file);
  } finally {
    for (const { file } of files) rmSync(part(file), { force: true });
  }
}
