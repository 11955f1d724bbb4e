import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** A file and its content, whole or piece by piece. */
export interface FileToWrite {
  readonly file: string;
  readonly content: Buffer | Iterable<Buffer>;
}

/** Writes all of the files or none: each under another name first, so that nobody sees half of one. */
export function writeTogether(files: readonly FileToWrite[]): void {
  const part = (file: string) => `${file}.${process.pid}.part`;
  try {
    for (const { file, content } of files) {
      mkdirSync(dirname(file), { recursive: true });
      writePieces(part(file), Buffer.isBuffer(content) ? [content] : content);
    }
    for (const { file } of files) renameSync(part(file), file);
  } finally {
    for (const { file } of files) rmSync(part(file), { force: true });
  }
}

function writePieces(path: string, pieces: Iterable<Buffer>): void {
  const file = openSync(path, 'w');
  try {
    for (const piece of pieces) for (let at = 0; at < piece.length;) at += writeSync(file, piece, at);
  } finally {
    closeSync(file);
  }
}
